/** Options of Node that come with a program on the command line, and make no sense for a thread with a file. */
const WITH_VALUE: readonly string[] = ["-e", "--eval", "-p", "--print", "-pe"];

/**
 * Node's options for a thread that runs a file. A thread inherits the options of its process, but in a process that was
 * started with `--input-type` it would refuse to run any file.
 *
 * @returns undefined where the thread may inherit everything
 */
export function threadArguments(processArguments: readonly string[] = process.execArgv): string[] | undefined {
  if (!processArguments.some((argument) => argument.startsWith("--input-type"))) return undefined;
  return processArguments.filter((argument, index) => {
    const before = processArguments[index - 1] ?? "";
    if (argument.startsWith("--input-type") || before === "--input-type") return false;
    return !WITH_VALUE.includes(argument) && !WITH_VALUE.includes(before);
  });
}
