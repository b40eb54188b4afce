import { markPath, markSize } from '#shared/brand/index.ts';

/** The mark of Purser, in the colour of the text around it. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox={`0 0 ${String(markSize)} ${String(markSize)}`} aria-hidden="true">
      <path d={markPath} fill="currentColor" fillRule="evenodd" />
    </svg>
  );
}
