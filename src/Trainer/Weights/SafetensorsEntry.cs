using Toolkit.Numerics;

namespace Toolkit.Trainer.Weights;

/// <summary>A tensor as a safetensors header describes it.</summary>
internal sealed record SafetensorsEntry(string Name, ElementType ElementType, Shape Shape, long Begin, long End);
