import '@kitware/vtk.js/Rendering/Profiles/Geometry'
import vtkGenericRenderWindow from '@kitware/vtk.js/Rendering/Misc/GenericRenderWindow'
import type vtkRenderer from '@kitware/vtk.js/Rendering/Core/Renderer'
import type vtkRenderWindowInteractor from '@kitware/vtk.js/Rendering/Core/RenderWindowInteractor'
import { onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { graphics } from '../../composables/graphics.js'
import type { CanvasSize } from '../../composables/use-canvas.js'

export interface VtkView {
  readonly renderer: vtkRenderer
  readonly interactor: vtkRenderWindowInteractor
  /** Draws soon, once, however often it is called; a slow renderer leaves time to everything else. */
  requestRender(): void
  /** Width over height. */
  aspect(): number
  /** Of the container, CSS pixels. */
  readonly size: ShallowRef<CanvasSize>
  /** Whether a hand has moved the viewpoint since it was last set. */
  readonly wasTurned: ShallowRef<boolean>
  /** True from the loss of the graphics context until it returns. */
  readonly isContextLost: ShallowRef<boolean>
}

/**
 * Time left free after a drawing, in drawings. Without a GPU the processor draws, and the live DRR matters more than
 * the 3D view.
 */
const restPerRender = graphics.kind === 'hardware' ? 0 : 6
/** Pixels along a side, as a share of the screen's, while a hand turns the view: a quarter of the work without a GPU. */
const movingShare = graphics.kind === 'hardware' ? 1 : 0.5

/** A vtk.js view that fills `container` and is freed with the scope. */
export function useVtkView(container: Readonly<Ref<HTMLElement | null>>): VtkView {
  const view = vtkGenericRenderWindow.newInstance({
    background: [0.03, 0.035, 0.04],
    listenWindowResize: false,
  })
  const isContextLost = shallowRef(false)
  const size = shallowRef<CanvasSize>({ width: 0, height: 0 })
  const wasTurned = shallowRef(false)
  let frame = 0
  let pause: ReturnType<typeof setTimeout> | undefined
  /** From a drawing's order to the end of the rest after it. */
  let isBusy = false
  let isWanted = false

  /** A hidden view has no size, and a framebuffer without size is an error. */
  function isShown(): boolean {
    const { clientWidth = 0, clientHeight = 0 } = container.value ?? {}
    return clientWidth > 0 && clientHeight > 0
  }

  function draw(): void {
    isWanted = false
    const startedAtMs = performance.now()
    if (!isContextLost.value && isShown()) view.getRenderWindow().render()
    // The commands are only queued by then; the next frame comes once they were carried out.
    frame = requestAnimationFrame(() => {
      pause = setTimeout(finish, (performance.now() - startedAtMs) * restPerRender)
    })
  }

  function finish(): void {
    isBusy = false
    if (isWanted) requestRender()
  }

  function requestRender(): void {
    isWanted = true
    if (isBusy) return
    isBusy = true
    frame = requestAnimationFrame(draw)
  }

  function aspect(): number {
    const { clientWidth = 1, clientHeight = 1 } = container.value ?? {}
    return clientHeight === 0 ? 1 : clientWidth / clientHeight
  }

  /** Pixels that are drawn; the canvas fills its container in any case. */
  function setResolution(share: number): void {
    const { clientWidth = 0, clientHeight = 0 } = container.value ?? {}
    const pixels = share * window.devicePixelRatio
    view
      .getApiSpecificRenderWindow()
      .setSize(Math.max(1, Math.floor(clientWidth * pixels)), Math.max(1, Math.floor(clientHeight * pixels)))
  }

  if (movingShare < 1) {
    view.getInteractor().onStartAnimation(() => {
      setResolution(movingShare)
    })
    view.getInteractor().onEndAnimation(() => {
      setResolution(1)
      requestRender()
    })
  }

  const observer = new ResizeObserver(() => {
    if (!isShown()) return
    view.resize()
    size.value = { width: container.value?.clientWidth ?? 0, height: container.value?.clientHeight ?? 0 }
    requestRender()
  })

  function onTurned(): void {
    wasTurned.value = true
  }
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
      element.addEventListener('pointerdown', onTurned)
      element.addEventListener('wheel', onTurned)
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
    size,
    wasTurned,
    isContextLost,
  }
}
