/** Under which key changes of a form's fields follow each other as one; a switch is thrown once at a time. */
export function mergeKeyOf(form: string, part: object): string | undefined {
  const isSwitch = Object.values(part).some((value) => typeof value === 'boolean')
  return isSwitch ? undefined : `${form}: ${Object.keys(part).join()}`
}
