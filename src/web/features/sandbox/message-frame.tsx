import { useEffect, useRef } from 'react';
import classes from './mailbox.module.css';

/**
 * The HTML of an e-mail in a frame of its own, as a mail program shows it: no script runs in it (the sandbox has no
 * `allow-scripts`), and its links open a new tab. It shares our origin only so that its height can be measured.
 */
export function MessageFrame({ html, title }: { html: string; title: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const measure = () => fitToContent(frame.current);
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);
  return (
    <div className={classes['frame']}>
      <iframe
        ref={frame}
        title={title}
        srcDoc={withNewTabs(html)}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        onLoad={() => fitToContent(frame.current)}
      />
    </div>
  );
}

/** Makes the frame as high as the message. It is measured at no height, since content is never less high than its frame. */
function fitToContent(frame: HTMLIFrameElement | null): void {
  const content = frame?.contentDocument?.documentElement;
  if (frame === null || content === undefined) return;
  frame.style.height = '0';
  frame.style.height = `${String(content.scrollHeight)}px`;
}

/** The links of the message open a new tab, since the frame itself may not leave the message. */
function withNewTabs(html: string): string {
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => `${head}${base}`) : `${base}${html}`;
}
