/** The little of dcmjs that is used: its dictionary of data elements, and in tests its writer. */
declare module 'dcmjs' {
  interface Element {
    readonly vr: string
    readonly Value: readonly (string | number | ArrayBuffer)[]
  }
  interface DicomDict {
    dict: Readonly<Record<string, Element>>
    write(): ArrayBuffer
  }
  interface DictionaryEntry {
    /** "(GGGG,EEEE)" in hexadecimal capitals. */
    readonly tag: string
    readonly vr: string
    readonly name: string
  }
  const dcmjs: {
    readonly data: {
      readonly DicomDict: new (meta: Readonly<Record<string, Element>>) => DicomDict
      readonly DicomMetaDictionary: { readonly nameMap: Readonly<Record<string, DictionaryEntry>> }
    }
    readonly anonymizer: { readonly getTagsNameToEmpty: () => readonly string[] }
  }
  export default dcmjs
}
