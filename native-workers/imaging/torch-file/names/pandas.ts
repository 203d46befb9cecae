import { type NameTable } from '../plain-data.js'
import { Table } from '../python-values.js'
import { arrayElements } from '../tensor-values.js'
import { asCount, asInstance, asList } from './checks.js'
import { Slice } from './containers.js'
import { numpyArrayOf } from './numpy.js'
import { pythonType } from './python-type.js'

/*
 * A pandas table in a pickle: DataFrame <- BlockManager <- blocks of columns with one element type each. Names and
 * arguments as pandas 1.3 to 2.3 writes them (pandas/_libs/internals.pyx, pandas/core/indexes/base.py).
 */

class Block {
  constructor(
    readonly values: readonly (readonly unknown[])[],
    /** Which columns of the table the block's rows are. */
    readonly columns: readonly number[],
  ) {}
}

class Index {
  constructor(readonly labels: readonly unknown[]) {}
}

class BlockManager {
  constructor(
    readonly blocks: readonly Block[],
    readonly axes: readonly Index[],
  ) {}
}

class DataFrame {
  table = new Table([], 0)

  /** Called by the pickle with the object's attributes. */
  __setstate__(state: unknown): void {
    const attributes = state instanceof Map ? state : new Map()
    const { blocks, axes } = asInstance(attributes.get('_mgr') ?? attributes.get('_data'), BlockManager)
    const [columnIndex, rowIndex] = axes
    const columns = columnIndex.labels.map((label, column) => {
      const block = blocks.find((candidate) => candidate.columns.includes(column))
      const values = block?.values[block.columns.indexOf(column)]
      return { name: String(label), values: asList(values) }
    })
    this.table = new Table(columns, rowIndex.labels.length)
  }
}

/** The table that a value of the pickle stands for, or undefined. */
export function tableOf(value: unknown): Table | undefined {
  return value instanceof DataFrame ? value.table : undefined
}

export function pandasNames(): NameTable {
  const index = (_type: unknown, attributes: unknown) => {
    const known = attributes instanceof Map ? attributes : new Map()
    if (known.has('start')) {
      return new Index(range(known.get('start'), known.get('stop'), known.get('step')))
    }
    const array = numpyArrayOf(known.get('data'))
    return new Index(array === undefined ? asList(known.get('data')) : arrayElements(array))
  }
  const block = (values: unknown, placement: unknown) => {
    const array = numpyArrayOf(values)
    const rows = array === undefined ? asList(values).map(asList) : rowsOf(arrayElements(array), array.shape)
    return new Block(rows, placementColumns(placement))
  }
  return {
    // Made without arguments and filled by its state; a class, since pickle calls it with `new`.
    'pandas.core.frame.DataFrame': function () {
      return new DataFrame()
    },
    'pandas.core.internals.managers.BlockManager': (blocks, axes) =>
      new BlockManager(
        asList(blocks).map((each) => asInstance(each, Block)),
        asList(axes).map((each) => asInstance(each, Index)),
      ),
    'pandas._libs.internals._unpickle_block': block,
    'pandas.core.internals.blocks.new_block': block,
    'pandas.core.indexes.base._new_Index': index,
    'pandas.core.indexes.base.Index': pythonType('pandas.Index'),
    'pandas.core.indexes.range.RangeIndex': pythonType('pandas.RangeIndex'),
    'pandas.core.indexes.numeric.Int64Index': pythonType('pandas.Int64Index'),
  }
}

function range(start: unknown, stop: unknown, step: unknown): number[] {
  const [from, to, by] = [asCount(start), asCount(stop), asCount(step)]
  if (by === 0 || (to - from) / by > 1e7) return []
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / by)) }, (_, n) => from + n * by)
}

function rowsOf(values: readonly unknown[], [count = 0, length = 0]: readonly number[]): unknown[][] {
  return Array.from({ length: count }, (_, row) => values.slice(row * length, (row + 1) * length))
}

/** Columns as a slice, or as an array of numbers. */
function placementColumns(placement: unknown): readonly number[] {
  if (placement instanceof Slice) return range(placement.start, placement.stop, placement.step ?? 1)
  const array = numpyArrayOf(placement)
  return (array === undefined ? asList(placement) : arrayElements(array)).map(asCount)
}
