import { Badge, NavLink, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Destination, type DestinationGroup, navigationFor } from '#web/app/shell/navigation.ts';
import classes from '#web/app/shell/shell.module.css';
import { SidebarLink } from '#web/components/links.tsx';
import { waitingCountQuery } from '#web/features/admin-payments/waiting-count.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useSession } from '#web/lib/session.ts';

/** The entries of the sidebar, in their sections; `onFollow` hears when one was chosen. */
export function Sidebar({ onFollow }: { onFollow: () => void }) {
  const texts = useTexts().shell;
  const session = useSession();
  return navigationFor(session, texts).map((section) => (
    <section key={section.label} aria-label={section.label}>
      <div className={classes['sectionLabel']} aria-hidden="true">
        {section.label}
      </div>
      <ul className={classes['entries']}>
        {section.entries.map((entry) => (
          <li key={entry.label}>
            {'destinations' in entry ? (
              <Group group={entry} onFollow={onFollow} />
            ) : (
              <Entry page={entry} onFollow={onFollow} />
            )}
          </li>
        ))}
      </ul>
    </section>
  ));
}

function Group({ group: { label, Icon, destinations }, onFollow }: { group: DestinationGroup; onFollow: () => void }) {
  const [opened, setOpened] = useState(true);
  return (
    <>
      <NavLink
        component="button"
        label={label}
        leftSection={<Icon />}
        className={classes['entry'] ?? ''}
        rightSection={<span className={classes['groupArrow']} data-open={opened || undefined} />}
        aria-expanded={opened}
        onClick={() => setOpened(!opened)}
      />
      {opened && (
        <ul className={`${classes['entries'] ?? ''} ${classes['group'] ?? ''}`}>
          {destinations.map((page) => (
            <li key={page.to}>
              <Entry page={page} onFollow={onFollow} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Entry({ page: { to, label, Icon, counts }, onFollow }: { page: Destination; onFollow: () => void }) {
  return (
    <SidebarLink
      to={to}
      label={label}
      leftSection={<Icon />}
      {...(counts === undefined ? {} : { rightSection: <WaitingBadge /> })}
      className={classes['entry'] ?? ''}
      activeOptions={{ exact: to === '/', includeSearch: false }}
      activeProps={{ active: true }}
      onClick={onFollow}
    />
  );
}

/** How many payments wait for staff; nothing while none does. */
function WaitingBadge() {
  const texts = useTexts().adminPayments;
  const waiting = useQuery(waitingCountQuery()).data;
  if (waiting === undefined || waiting.count === 0) return null;
  const figure = waiting.isMore ? `${String(waiting.count)}+` : String(waiting.count);
  return (
    <Badge size="sm" color="yellow" className="figures">
      {figure}
      <VisuallyHidden> {texts.waitingWord}</VisuallyHidden>
    </Badge>
  );
}
