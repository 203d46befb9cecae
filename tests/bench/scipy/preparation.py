"""One preparation step as SciPy and nibabel do it: what `npm run bench` compares the command line with.

preparation.py clean|crop|isotropic FOLDER: reads ct.nii.gz and labels.nii.gz (cleaned.nii.gz after the first step)
there, writes scipy_*.nii.gz beside them and tells its peak memory in KiB to file descriptor 3.
"""

import os
import resource
import sys

import nibabel
import numpy
from scipy import ndimage

PELVIS = [1, 8, 9, 10, 11]
PADDING_MM = 5
SPACING_MM = 1.0
AIR = -1000


def load(name):
    image = nibabel.load(os.path.join(folder, name))
    return numpy.asanyarray(image.dataobj), image.affine


def save(name, voxels, affine):
    nibabel.save(nibabel.Nifti1Image(voxels, affine), os.path.join(folder, "scipy_" + name))


def clean():
    """Largest face-connected component per label, each looked for in the box of its label."""
    labels, affine = load("labels.nii.gz")
    cleaned = numpy.zeros_like(labels)
    for index, box in enumerate(ndimage.find_objects(labels)):
        if box is None:
            continue
        components, _ = ndimage.label(labels[box] == index + 1)
        sizes = numpy.bincount(components.ravel())
        sizes[0] = 0
        cleaned[box][components == sizes.argmax()] = index + 1
    save("cleaned.nii.gz", cleaned, affine)


def crop():
    """The padded box of several labels."""
    labels, affine = load("cleaned.nii.gz")
    volume, _ = load("ct.nii.gz")
    boxes = ndimage.find_objects(labels)
    spacing = numpy.sqrt((affine[:3, :3] ** 2).sum(axis=0))
    padding = numpy.rint(PADDING_MM / spacing).astype(int)
    starts = [min(boxes[label - 1][axis].start for label in PELVIS) for axis in range(3)]
    stops = [max(boxes[label - 1][axis].stop for label in PELVIS) for axis in range(3)]
    box = tuple(
        slice(max(0, start - pad), min(size, stop + pad))
        for start, stop, pad, size in zip(starts, stops, padding, labels.shape)
    )
    affine = affine.copy()
    affine[:3, 3] += affine[:3, :3] @ [part.start for part in box]
    save("crop.nii.gz", volume[box], affine)
    save("crop_labels.nii.gz", labels[box], affine)


def isotropic():
    """Linear on the command line's grid, the coarser axes smoothed first, labels by nearest voxel."""
    volume, affine = load("ct.nii.gz")
    spacing = numpy.sqrt((affine[:3, :3] ** 2).sum(axis=0))
    ratio = SPACING_MM / spacing
    shape = tuple(numpy.floor(numpy.array(volume.shape) / ratio + 0.5).astype(int))
    smoothed = volume.astype(numpy.float32)
    for axis in range(3):
        if ratio[axis] > 1:
            sigma = numpy.sqrt((ratio[axis] ** 2 - 1) / (8 * numpy.log(2)))
            smoothed = ndimage.gaussian_filter1d(smoothed, sigma, axis=axis, mode="nearest")
    resampled = ndimage.affine_transform(
        smoothed, ratio, output_shape=shape, order=1, cval=AIR, output=volume.dtype
    )
    affine = affine.copy()
    affine[:3, :3] *= ratio
    centre = affine[:3, :3] @ ((numpy.array(volume.shape) - 1) / 2 / ratio) + affine[:3, 3]
    affine[:3, 3] -= centre
    save("isotropic.nii.gz", resampled, affine)
    labels, _ = load("cleaned.nii.gz")
    nearest = ndimage.affine_transform(labels, ratio, output_shape=shape, order=0, output=labels.dtype)
    save("isotropic_labels.nii.gz", nearest, affine)


folder = sys.argv[2]
{"clean": clean, "crop": crop, "isotropic": isotropic}[sys.argv[1]]()
os.write(3, str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss).encode())
