// One picture to render and, if asked, to compare with an X-ray. Every field is 4 bytes wide; the TypeScript side
// (../job-layout.ts) writes the same order. Index space: voxel index of the level, integer = voxel centre.
#pragma once

typedef struct {
  int size[3];                  // voxels of the level, including its border of zeros
  const float *voxels;          // i fastest
  const unsigned char *labels;  // channel per voxel on the same grid, or null
  int width, height;
  const unsigned char *valid;   // X-ray pixels that count, or null for all
  const float *target;          // X-ray pixels, or null
  float *out;                   // RENDER_IMAGE: 1 float a pixel; RENDER_JACOBIAN: 8; channels: `channels`
  float source[3];              // index space
  float ray[3];                 // index space, source to detector plane at pixel (0, 0)
  float ray_per_column[3];
  float ray_per_row[3];
  float basis_ray[3];           // the same ray in the twist's basis, millimetres
  float basis_ray_per_column[3];
  float basis_ray_per_row[3];
  float basis_gradient[9];      // basis-from-index map of gradients, row-major
  float lever[3];               // source minus the twist's centre, in the basis, millimetres
  float step_mm;                // trilinear sampling step along each ray, or 0 to use alpha_step
  float alpha_first;            // with step_mm = 0: samples at alpha_first + k * alpha_step
  float alpha_step;
  int sample_count;             // with step_mm = 0: number of samples
  int cap_axis;                 // index axis along which the volume may be shorter than the body
  int cap_ends;                 // bit 0: at its low end, bit 1: at its high end
  int channels;
  int mode;
  float *row_sums;              // height x 5: n, a, b, aa, bb of target a and picture b; or null
} Job;

_Static_assert(sizeof(Job) == 52 * 4, "job-layout.ts writes 52 words");

enum { RENDER_IMAGE = 0, RENDER_JACOBIAN = 1, RENDER_SIDDON = 2, RENDER_SIDDON_CHANNELS = 3,
       RENDER_TRILINEAR_CHANNELS = 4 };

// Pixel record of RENDER_JACOBIAN: derivative to rotation (3) and translation (3) in the basis, image, validity.
enum { PIXEL_FLOATS = 8, PIXEL_IMAGE = 6, PIXEL_VALID = 7 };

void render_rows(const Job *job, int first_row, int last_row);
