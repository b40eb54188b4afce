import assert from 'node:assert/strict';

/** Every order of some elements. */
export function permutations(elements: readonly number[]): number[][] {
  if (elements.length <= 1) return [[...elements]];
  return elements.flatMap((element) =>
    permutations(elements.filter((other) => other !== element)).map((rest) => [element, ...rest]),
  );
}

/** The element at a place; fails where there is none. */
export function at<Element>(elements: readonly Element[], index: number): Element {
  const element = elements[index];
  assert.ok(element !== undefined);
  return element;
}
