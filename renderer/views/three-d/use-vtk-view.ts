import '@kitware/vtk.js/Rendering/Profiles/Geometry'
import vtkGenericRenderWindow from '@kitware/vtk.js/Rendering/Misc/GenericRenderWindow'
import type vtkRenderer from '@kitware/vtk.js/Rendering/Core/Renderer'
import type vtkRenderWindowInteractor from '@kitware/vtk.js/Rendering/Core/RenderWindowInteractor'
import { onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from 'vue'

export interface VtkView {
  readonly renderer: vtkRenderer
  readonly interactor: vtkRenderWindowInteractor
  /** Draws once before the next frame, however often it is called. */
  requestRender(): void
  /** Width over height. */
  aspect(): number
  /** True from the loss of the graphics context until it returns. */
  readonly isContextLost: ShallowRef<boolean>
}

/** A vtk.js view that fills `container` and is freed with the scope. */
export function useVtkView(container: Readonly<Ref<HTMLElement | null>>): VtkView {
  const view = vtkGenericRenderWindow.newInstance({
    background: [0.03, 0.035, 0.04],
    listenWindowResize: false,
  })
  const isContextLost = shallowRef(false)
  let frame = 0

  /** A hidden view has no size, and a framebuffer without size is an error. */
  function isShown(): boolean {
    const { clientWidth = 0, clientHeight = 0 } = container.value ?? {}
    return clientWidth > 0 && clientHeight > 0
  }

  function requestRender(): void {
    if (frame !== 0) return
    frame = requestAnimationFrame(() => {
      frame = 0
      if (!isContextLost.value && isShown()) view.getRenderWindow().render()
    })
  }

  function aspect(): number {
    const { clientWidth = 1, clientHeight = 1 } = container.value ?? {}
    return clientHeight === 0 ? 1 : clientWidth / clientHeight
  }

  const observer = new ResizeObserver(() => {
    if (!isShown()) return
    view.resize()
    requestRender()
  })

  function onLost(event: Event): void {
    // Without this the browser never gives the context back.
    event.preventDefault()
    isContextLost.value = true
  }
  function onRestored(): void {
    isContextLost.value = false
  }

  watch(
    container,
    (element) => {
      observer.disconnect()
      if (element === null) return
      view.setContainer(element)
      observer.observe(element)
      const canvas = element.querySelector('canvas')
      canvas?.addEventListener('webglcontextlost', onLost)
      canvas?.addEventListener('webglcontextrestored', onRestored)
    },
    { immediate: true, flush: 'post' },
  )

  onScopeDispose(() => {
    cancelAnimationFrame(frame)
    observer.disconnect()
    view.delete()
  })

  return {
    renderer: view.getRenderer(),
    interactor: view.getInteractor(),
    requestRender,
    aspect,
    isContextLost,
  }
}
