import type { ReactElement } from 'react';

/** An icon is decoration beside a word, or sits in a button that has a label: it is hidden from assistive technology. */
export type Icon = (props: { size?: number }) => ReactElement;

function stroked(...paths: string[]): Icon {
  return function StrokedIcon({ size = 18 }) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.75}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
        style={{ flex: 'none' }}
      >
        {paths.map((path) => (
          <path key={path} d={path} />
        ))}
      </svg>
    );
  };
}

export const IconDashboard = stroked('M4 4h7v9H4z', 'M13 4h7v5h-7z', 'M13 11h7v9h-7z', 'M4 15h7v5H4z');
export const IconBilling = stroked('M3 6h18v12H3z', 'M3 10h18', 'M7 14.5h4');
export const IconInvoice = stroked('M6 3h12v18l-3-2-3 2-3-2-3 2z', 'M9 8h6', 'M9 12h6');
export const IconKey = stroked('M8 11.5a4 4 0 1 0 0 .1', 'M8 11.5h12', 'M16 11.5v3.5', 'M20 11.5v2.5');
export const IconPlug = stroked('M9 3v5', 'M15 3v5', 'M6 8h12v3a6 6 0 0 1-12 0z', 'M12 17v4');
export const IconServer = stroked('M4 4h16v6H4z', 'M4 14h16v6H4z', 'M7.5 7h.01', 'M7.5 17h.01');
export const IconCredits = stroked(
  'M12 10c4.4 0 8-1.3 8-3s-3.6-3-8-3-8 1.3-8 3 3.6 3 8 3z',
  'M4 7v5c0 1.7 3.6 3 8 3s8-1.3 8-3V7',
  'M4 12v5c0 1.7 3.6 3 8 3s8-1.3 8-3v-5',
);
export const IconCart = stroked(
  'M3 4h2l2.2 11.2h10.6L20 8H6',
  'M9 19.5a.8.8 0 1 0 .01 0',
  'M16.5 19.5a.8.8 0 1 0 .01 0',
);
export const IconSearch = stroked('M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14z', 'M16.2 16.2L20.5 20.5');
export const IconCopy = stroked('M9 9h11v11H9z', 'M5 15H4V4h11v1');
export const IconCheck = stroked('M5 12.5l4.5 4.5L19 7.5');
export const IconPlus = stroked('M12 5v14', 'M5 12h14');
export const IconChevronUp = stroked('M6 14.5l6-6 6 6');
export const IconChevronDown = stroked('M6 9.5l6 6 6-6');
export const IconExternal = stroked('M14 4h6v6', 'M20 4l-9 9', 'M18 14v6H4V6h6');
export const IconDownload = stroked('M12 4v11', 'M7 10.5l5 5 5-5', 'M5 20h14');
export const IconRefresh = stroked('M20 11a8 8 0 1 0-2 6', 'M20 4.5V11h-6.5');
export const IconTrash = stroked('M4 7h16', 'M9 7V4h6v3', 'M6.5 7l1 13h9l1-13', 'M10.5 11v5.5', 'M13.5 11v5.5');
export const IconMail = stroked('M3 5.5h18v13H3z', 'M3.5 6.5L12 13l8.5-6.5');
export const IconSignOut = stroked('M14 5V4H4v16h10v-1', 'M9 12h11', 'M16.5 8L20.5 12l-4 4');
export const IconSun = stroked(
  'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z',
  'M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
);
export const IconMoon = stroked('M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z');
export const IconDisplay = stroked('M3 4.5h18v12H3z', 'M9 20.5h6', 'M12 16.5v4');
export const IconKeyboard = stroked('M3 6h18v12H3z', 'M7 10h.01M11 10h.01M15 10h.01M17.5 14h.01M6.5 14h.01M9.5 14h5');
export const IconWarning = stroked('M12 4L2.5 20h19z', 'M12 10v4.5', 'M12 17.3h.01');
export const IconInfo = stroked('M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z', 'M12 11v5.5', 'M12 7.7h.01');
export const IconCircleCheck = stroked('M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z', 'M8.3 12.3l2.6 2.6 4.9-5.3');
export const IconCircleX = stroked(
  'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z',
  'M9.2 9.2l5.6 5.6M14.8 9.2l-5.6 5.6',
);
export const IconClock = stroked('M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z', 'M12 7.5V12l3 2.5');
export const IconCircle = stroked('M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z', 'M8.5 12h7');
export const IconFlask = stroked(
  'M9.5 3h5',
  'M10.5 3v6L4.5 19.2A1.2 1.2 0 0 0 5.6 21h12.8a1.2 1.2 0 0 0 1.1-1.8L13.5 9V3',
  'M7.5 15h9',
);
export const IconInbox = stroked('M4 13.5L6.5 5h11L20 13.5V19H4z', 'M4 13.5h4.5l1.5 2.5h4l1.5-2.5H20');
export const IconLock = stroked('M5.5 10.5h13v10h-13z', 'M8.5 10.5V7.5a3.5 3.5 0 0 1 7 0v3', 'M12 14.5v2');
export const IconCompass = stroked('M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z', 'M15.5 8.5l-2 5-5 2 2-5z');
export const IconEye = stroked(
  'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z',
  'M12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z',
);
export const IconChart = stroked('M4 4v16h16', 'M8 15l3.5-4.5 3 2.5L20 7');
export const IconPlay = stroked('M7 4.5v15l12-7.5z');
export const IconTag = stroked('M4 4h7.5L20 12.5 12.5 20 4 11.5z', 'M8 8h.01');
export const IconHistory = stroked('M4.5 12a7.5 7.5 0 1 1 2.2 5.3', 'M4 6.5v5.3h5.3', 'M12 8v4.2l3 1.8');
export const IconBank = stroked(
  'M3.5 9.5L12 4l8.5 5.5z',
  'M5.5 12.5v5M10 12.5v5M14 12.5v5M18.5 12.5v5',
  'M3.5 20.5h17',
);
export const IconWallet = stroked('M4 7.5v11.5h16V7.5z', 'M4 7.5L15.5 4v3.5', 'M20 11.5h-4.5v3.5H20', 'M17.2 13.2h.01');
export const IconPaypal = stroked('M8.5 20L11 4h4a4.3 4.3 0 0 1 0 8.6h-5', 'M5 17.5L7.2 4');
export const IconRing = stroked('M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z');
