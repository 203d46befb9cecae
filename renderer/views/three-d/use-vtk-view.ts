import '@kitware/vtk.js/Rendering/Profiles/Geometry'
import vtkGenericRenderWindow from '@kitware/vtk.js/Rendering/Misc/GenericRenderWindow'
import type vtkRenderer from '@kitware/vtk.js/Rendering/Core/Renderer'
import type vtkRenderWindowInteractor from '@kitware/vtk.js/Rendering/Core/RenderWindowInteractor'
import { onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from 'vue'

export interface VtkView {
  readonly renderer: vtkRenderer
  readonly interactor: vtkRenderWindowInteractor
  /** Draws soon, once, however often it is called; a slow renderer leaves time to everything else. */
  requestRender(): void
  /** Width over height. */
  aspect(): number
  /** True from the loss of the graphics context until it returns. */
  readonly isContextLost: ShallowRef<boolean>
}

/** Time left free after a drawing, in drawings: without a GPU the live DRR matters more than the 3D view. */
const restPerRender = 2

/** A vtk.js view that fills `container` and is freed with the scope. */
export function useVtkView(container: Readonly<Ref<HTMLElement | null>>): VtkView {
  const view = vtkGenericRenderWindow.newInstance({
    background: [0.03, 0.035, 0.04],
    listenWindowResize: false,
  })
  const isContextLost = shallowRef(false)
  let frame = 0
  let pause: ReturnType<typeof setTimeout> | undefined
  let nextRenderAtMs = 0

  /** A hidden view has no size, and a framebuffer without size is an error. */
  function isShown(): boolean {
    const { clientWidth = 0, clientHeight = 0 } = container.value ?? {}
    return clientWidth > 0 && clientHeight > 0
  }

  function render(): void {
    frame = 0
    if (isContextLost.value || !isShown()) return
    const startedAtMs = performance.now()
    view.getRenderWindow().render()
    const endedAtMs = performance.now()
    nextRenderAtMs = endedAtMs + (endedAtMs - startedAtMs) * restPerRender
  }

  function requestRender(): void {
    if (frame !== 0 || pause !== undefined) return
    const waitMs = nextRenderAtMs - performance.now()
    if (waitMs < 16) {
      frame = requestAnimationFrame(render)
      return
    }
    pause = setTimeout(() => {
      pause = undefined
      frame = requestAnimationFrame(render)
    }, waitMs)
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
    clearTimeout(pause)
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
