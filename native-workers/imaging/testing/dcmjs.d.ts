/** The little of dcmjs that tests use to write DICOM files. */
declare module 'dcmjs' {
  interface Element {
    readonly vr: string
    readonly Value: readonly (string | number | ArrayBuffer)[]
  }
  class DicomDict {
    constructor(meta: Readonly<Record<string, Element>>)
    dict: Readonly<Record<string, Element>>
    write(options?: { readonly fragmentMultiframe?: boolean }): ArrayBuffer
  }
  const dcmjs: { readonly data: { readonly DicomDict: typeof DicomDict } }
  export default dcmjs
}
