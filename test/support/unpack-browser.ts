/**
 * Unpacks the Chromium that comes as an npm package into the folder given as TMPDIR and prints where the program lies.
 * A program of its own, since the package reads and writes the environment of the process that imports it.
 */
const { default: chromium } = await import('@sparticuz/chromium');

console.log(await chromium.executablePath());
