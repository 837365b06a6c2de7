interface Line {
  name: string;
  passes: boolean;
}

/** What the rules say, each thing once: a closed station that is not allowed either refuses twice by one name. */
export function saidOnce(lines: Line[]): Line[] {
  return [...new Map(lines.map((line) => [`${line.passes} ${line.name}`, line])).values()];
}
