import { navigationFor } from '#web/app/shell/navigation.ts';
import classes from '#web/app/shell/shell.module.css';
import { SidebarLink } from '#web/components/links.tsx';
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
        {section.destinations.map(({ to, label, Icon }) => (
          <li key={to}>
            <SidebarLink
              to={to}
              label={label}
              leftSection={<Icon />}
              className={classes['entry'] ?? ''}
              activeOptions={{ exact: to === '/', includeSearch: false }}
              activeProps={{ active: true }}
              onClick={onFollow}
            />
          </li>
        ))}
      </ul>
    </section>
  ));
}
