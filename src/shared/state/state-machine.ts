/** A lifecycle as data: each state and the states that may directly follow it. */
export type StateTable<State extends string> = { readonly [state in State]: readonly State[] };

/** Whether `to` may directly follow `from`. */
export function mayBecome<State extends string>(table: StateTable<State>, from: State, to: State): boolean {
  return table[from].includes(to);
}

/** The states from which `to` may be entered, in the order of the table. */
export function statesBefore<State extends string>(table: StateTable<State>, to: State): State[] {
  return statesOf(table).filter((from) => table[from].includes(to));
}

/** Every state of the table. */
export function statesOf<State extends string>(table: StateTable<State>): State[] {
  return Object.keys(table) as State[];
}
