// Exact radiological path through piecewise-constant voxels (Siddon 1985, doi 10.1118/1.595715; incremental form of
// Jacobs et al. 1998). A voxel reaches half a spacing to each side of its centre.
#include "ray.h"

static inline void trace(const Job *job, int u, int v, float *out, int channels) {
  Ray ray = make_ray(job, u, v, -0.5f, 0.0f);
  if (!ray.hits) return;
  const int stride[3] = {1, job->size[0], job->size[0] * job->size[1]};
  int voxel = 0, remaining[3], move[3];
  float next[3], per_voxel[3];
  for (int axis = 0; axis < 3; axis++) {
    float d = ray.direction[axis];
    if (__builtin_fabsf(d) < 1e-8f) d = 1e-8f;
    int cell = (int)__builtin_floorf(job->source[axis] + ray.enter * d + 0.5f);
    if (cell < 0) cell = 0;
    if (cell >= job->size[axis]) cell = job->size[axis] - 1;
    voxel += cell * stride[axis];
    per_voxel[axis] = __builtin_fabsf(1.0f / d);
    next[axis] = ((float)cell + (d > 0.0f ? 0.5f : -0.5f) - job->source[axis]) / d;
    move[axis] = d > 0.0f ? stride[axis] : -stride[axis];
    remaining[axis] = d > 0.0f ? job->size[axis] - 1 - cell : cell;
  }
  float alpha = ray.enter;
  for (;;) {
    int axis = 0;
    float crossing = next[0];
    if (next[1] < crossing) { crossing = next[1]; axis = 1; }
    if (next[2] < crossing) { crossing = next[2]; axis = 2; }
    int ends = crossing >= ray.leave;
    float path = (ends ? ray.leave : crossing) - alpha;
    int channel = channels ? job->labels[voxel] : 0;
    if (!channels || channel < channels) out[channel] += path * job->voxels[voxel] * ray.length_mm;
    if (ends || remaining[axis]-- == 0) return;
    alpha = crossing;
    voxel += move[axis];
    next[axis] += per_voxel[axis];
  }
}

void render_siddon_row(const Job *job, int v) {
  for (int u = 0; u < job->width; u++) {
    float *out = job->out + v * job->width + u;
    *out = 0.0f;
    if (!job->valid || job->valid[v * job->width + u]) trace(job, u, v, out, 0);
  }
}

void render_siddon_channels_row(const Job *job, int v) {
  for (int u = 0; u < job->width; u++) {
    float *out = job->out + (long)(v * job->width + u) * job->channels;
    for (int c = 0; c < job->channels; c++) out[c] = 0.0f;
    trace(job, u, v, out, job->channels);
  }
}
