/** The `:name` parts of a path; undefined when the path is not of that pattern. */
function matchPath(pattern: string, pathname: string): Record<string, string> | undefined {
  const expected = pattern.split('/');
  const actual = pathname.split('/');
  if (expected.length !== actual.length) return undefined;
  const names: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const value = actual[index] ?? '';
    if (part.startsWith(':')) {
      if (!/^[\w-]{1,200}$/.test(value)) return undefined;
      names[part.slice(1)] = value;
    } else if (part !== value) {
      return undefined;
    }
  }
  return names;
}

/** The first route of a method and a path, with the `:name` parts of the path; undefined when there is none. */
export function findRoute<Route extends { method: string; path: string }>(
  routes: readonly Route[],
  method: string,
  pathname: string,
): { route: Route; path: Record<string, string> } | undefined {
  for (const route of routes) {
    const path = route.method === method ? matchPath(route.path, pathname) : undefined;
    if (path) return { route, path };
  }
  return undefined;
}
