import { app, Menu, shell, type MenuItemConstructorOptions } from 'electron'
import { z } from 'zod'
import { askChannels } from '../native-workers/contract/window/channels.js'
import type { MenuCommand } from '../native-workers/contract/window/messages.js'
import { announce } from './channels/announce.js'
import { answer } from './channels/answer.js'
import type { AppContext } from './context.js'

/** The page answers these keys, outside text fields, and the text fields themselves; macOS asks the menu for them. */
const onlyShown = { registerAccelerator: process.platform === 'darwin' } as const

/** The application's menu; its commands are carried out by the window. */
export function enableMenu(context: AppContext): void {
  const command = (label: string, name: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => announce(context, 'isocenter:menu-command', name),
  })
  const file: MenuItemConstructorOptions = {
    label: '&File',
    submenu: [
      command('Open &CT…', 'open-volume', 'CmdOrCtrl+O'),
      command('Open CT &Folder (DICOM)…', 'open-volume-folder', 'CmdOrCtrl+Shift+O'),
      command('Open &X-ray…', 'open-xray', 'CmdOrCtrl+I'),
      command('Open S&ample', 'open-sample'),
      { type: 'separator' },
      command('&Save Result…', 'save', 'CmdOrCtrl+S'),
      { type: 'separator' },
      { role: 'quit' },
    ],
  }
  const edit: MenuItemConstructorOptions = {
    label: '&Edit',
    submenu: [
      { ...command('&Undo', 'undo', 'CmdOrCtrl+Z'), ...onlyShown },
      { ...command('&Redo', 'redo', 'Shift+CmdOrCtrl+Z'), ...onlyShown },
      { type: 'separator' },
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'delete' },
      { type: 'separator' },
      { role: 'selectAll' },
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      command('&Settings…', 'settings', 'CmdOrCtrl+,'),
      { type: 'separator' },
      command('Zoom &In', 'zoom-in', 'CmdOrCtrl+Plus'),
      command('Zoom &Out', 'zoom-out', 'CmdOrCtrl+-'),
      command('&Actual Size', 'zoom-reset', 'CmdOrCtrl+0'),
      { role: 'togglefullscreen' },
      ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
    ],
  }
  const help: MenuItemConstructorOptions = {
    role: 'help',
    submenu: [
      command('&Help', 'help', 'F1'),
      command('&Log', 'log'),
      { label: 'Show Log &File', click: () => shell.showItemInFolder(context.folders.logFile) },
      { type: 'separator' },
      command('&About Isocenter', 'about'),
    ],
  }
  const forMac: MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : []
  answer(context, askChannels.editText, z.enum(['undo', 'redo']), (direction) => {
    context.window?.webContents[direction]()
  })
  Menu.setApplicationMenu(Menu.buildFromTemplate([...forMac, file, edit, view, help]))
}
