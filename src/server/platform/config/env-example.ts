import { describeVariable, variables } from './variables.ts';

/** The text of .env.example: every variable with its meaning, commented out, so that a copy of the file changes nothing. */
export function envExample(): string {
  const paragraphs = [
    '# Copy to .env and take the “#” away where you want something else. Nothing here is needed to try Purser.',
    ...variableNames.map((name) => {
      const { about, example } = describeVariable(name);
      return `# ${about}\n#${name}=${example}`;
    }),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

const variableNames = Object.keys(variables).filter((name): name is keyof typeof variables => name in variables);
