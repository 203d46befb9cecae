import { existsSync } from 'node:fs'

/** Any of these on Linux means a graphics device: DRM drivers, NVIDIA's own, Windows' under WSL. */
const linuxDevices = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg']

/** Whether there may be a GPU to draw with. Only Linux can tell without starting a driver. */
export function mayHaveGraphicsDevice(
  platform: NodeJS.Platform,
  exists: (path: string) => boolean = existsSync,
): boolean {
  return platform !== 'linux' || linuxDevices.some((device) => exists(device))
}
