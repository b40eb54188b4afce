/**
 * Something the operator can put right: a taken folder, an unreachable database, a broken variable.
 *
 * The message is complete on its own, so the entry points print it without a stack trace. Anything else that escapes
 * them is a fault of the program and is shown with its stack.
 */
export class StartupProblem extends Error {
  override readonly name: string = 'StartupProblem';
}
