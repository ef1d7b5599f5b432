using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd;

/// <summary>One value of a trace.</summary>
/// <param name="Name">The input's name, the parameter's (<c>dense1.kernel</c>), or empty for an intermediate.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Shape">Its shape; axis 0 of inputs and intermediates is the batch, 1 as traced.</param>
/// <param name="Data">A parameter's values, copied; null otherwise.</param>
public sealed record TraceValue(string Name, TraceValueKind Kind, Shape Shape, Tensor<float>? Data);
