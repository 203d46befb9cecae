/** vtk.js ships this filter without types. */
declare module '@kitware/vtk.js/Filters/General/ImageMarchingCubes.js' {
  import type vtkImageData from '@kitware/vtk.js/Common/DataModel/ImageData'
  import type vtkPolyData from '@kitware/vtk.js/Common/DataModel/PolyData'

  interface ImageMarchingCubes {
    setInputData(image: vtkImageData): void
    getOutputData(): vtkPolyData
  }
  interface Options {
    contourValue: number
    computeNormals: boolean
    mergePoints: boolean
  }
  const vtkImageMarchingCubes: { newInstance(options: Options): ImageMarchingCubes }
  export default vtkImageMarchingCubes
}
