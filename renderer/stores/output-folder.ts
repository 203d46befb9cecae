import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Where the steps write: the project's folder, or one that the person chose for this session. */
export const useOutputFolderStore = defineStore('output-folder', () => {
  const folder = ref<string | null>(null)

  /** Asks the person; keeps the old one when dismissed. */
  async function choose(): Promise<void> {
    folder.value = (await window.isocenter.chooseSaveFolder()) ?? folder.value
  }

  function set(path: string | null): void {
    folder.value = path
  }

  return { folder, choose, set }
})
