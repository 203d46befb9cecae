import { describe, expect, it } from 'vitest'
import { csvTable } from './csv-table.js'

describe('csvTable', () => {
  it('quotes what would break a line apart', () => {
    const rows = [
      ['Müller, left', 1.5, true],
      ['5" film', -2, 'a\nb'],
    ]
    expect(csvTable(['case', 'mm', 'note'], rows)).toBe(
      'case,mm,note\r\n"Müller, left",1.5,true\r\n"5"" film",-2,"a\nb"\r\n',
    )
  })
})
