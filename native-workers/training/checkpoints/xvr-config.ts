import type { TrainingConfiguration } from '../../contract/training/configuration.js'

/** A configuration in xvr's keys (specification §3.8, §3.10), for whoever reads checkpoints in Python. */
export function xvrConfig(configuration: TrainingConfiguration): Record<string, unknown> {
  const { subjects, detector, sampling, network, optimisation } = configuration
  const { range } = sampling
  const { weights } = optimisation
  const masks = subjects.flatMap(({ labels }) => (labels === undefined ? [] : [labels.path]))
  return {
    volpath: one(subjects.map(({ volume }) => volume.path)),
    maskpath: one(masks),
    outpath: null,
    r1: range.r1Deg,
    r2: range.r2Deg,
    r3: range.r3Deg,
    tx: range.txMm,
    ty: range.tyMm,
    tz: range.tzMm,
    sdd: detector.sddMm,
    height: detector.height,
    delx: detector.delxMm,
    orientation: detector.orientation === 'none' ? null : detector.orientation,
    reverse_x_axis: detector.reverseXAxis,
    renderer: 'trilinear',
    model_name: network.name,
    norm_layer: 'groupnorm',
    pretrained: false,
    parameterization: network.parameterization,
    convention: network.convention,
    unit_conversion_factor: network.unitConversionFactor,
    p_augmentation: sampling.augmentation,
    batch_size: sampling.batchSize,
    img_threshold: sampling.imageThreshold,
    mask_threshold: sampling.maskThreshold,
    lr: optimisation.learningRate,
    weight_ncc: weights.ncc,
    weight_geo: weights.geo,
    weight_dice: weights.dice,
    weight_haus: weights.haus,
    n_total_itrs: optimisation.totalIterations,
    n_warmup_itrs: optimisation.warmupIterations,
    n_grad_accum_itrs: optimisation.accumulate,
    n_save_every_itrs: optimisation.saveEvery,
    disable_scheduler: !optimisation.schedule,
  }
}

/** xvr names a file or a folder; several files have no name of their own there. */
function one(paths: readonly string[]): string | readonly string[] | null {
  return paths.length > 1 ? paths : (paths.at(0) ?? null)
}
