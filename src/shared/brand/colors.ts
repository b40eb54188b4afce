/** The colours of Purser, sRGB in hexadecimal. Ink for text, teal for what can be clicked, brass for highlights only. */
export const brandColors = {
  ink: '#12263f',
  inkSoft: '#4a5b70',
  inkFaint: '#6b7a8c',
  line: '#dbe2ea',
  paper: '#ffffff',
  mist: '#f4f7f9',
  teal: '#0b6b70',
  tealLight: '#5fc4c2',
  brass: '#8a6414',
  green: '#17693b',
  amber: '#8a5200',
  red: '#a92a2a',
} as const;
