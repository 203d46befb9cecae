/** The little of dcmjs that tests use to write DICOM files. */
declare module 'dcmjs' {
  interface Element {
    readonly vr: string
    readonly Value: readonly (string | number | ArrayBuffer)[]
  }
  interface DicomDict {
    dict: Readonly<Record<string, Element>>
    write(): ArrayBuffer
  }
  const dcmjs: {
    readonly data: { readonly DicomDict: new (meta: Readonly<Record<string, Element>>) => DicomDict }
  }
  export default dcmjs
}
