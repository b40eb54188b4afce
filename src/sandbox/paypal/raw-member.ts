/**
 * The text of a member of a JSON object exactly as it stands there, without what is around it; undefined when there is
 * no such member. `json` has to be valid.
 */
export function rawMember(json: string, name: string): string | undefined {
  let depth = 0;
  let key: string | undefined;
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index];
    if (character === '"') {
      const end = endOfText(json, index);
      if (depth === 1 && key === undefined) key = String(JSON.parse(json.slice(index, end)));
      index = end - 1;
    } else if (character === ':' && depth === 1) {
      const end = endOfValue(json, index + 1);
      if (key === name) return json.slice(index + 1, end).trim();
      key = undefined;
      index = end - 1;
    } else if (character === '{' || character === '[') {
      depth += 1;
    } else if (character === '}' || character === ']') {
      depth -= 1;
    }
  }
  return undefined;
}

/** Behind the closing quote of the text that opens at `start`. */
function endOfText(json: string, start: number): number {
  let index = start + 1;
  while (index < json.length && json[index] !== '"') index += json[index] === '\\' ? 2 : 1;
  return index + 1;
}

/** At the comma or brace that ends the value that starts at `start`. */
function endOfValue(json: string, start: number): number {
  let depth = 0;
  for (let index = start; index < json.length; index += 1) {
    const character = json[index];
    if (character === '"') {
      index = endOfText(json, index) - 1;
    } else if (character === '{' || character === '[') {
      depth += 1;
    } else if (character === '}' || character === ']') {
      if (depth === 0) return index;
      depth -= 1;
    } else if (character === ',' && depth === 0) {
      return index;
    }
  }
  return json.length;
}
