/**
 * A label's name as it can stand in file names: "vertebra L5 (left)" is "vertebra-L5-left". A bare number is no name;
 * the structure is then called after its labels.
 */
export function structureName(name: string): string {
  if (/^\d+$/.test(name)) return ''
  return name.replace(/[^\p{L}\p{N}._+-]+/gu, '-').replace(/^[^\p{L}\p{N}]+|-+$/gu, '')
}
