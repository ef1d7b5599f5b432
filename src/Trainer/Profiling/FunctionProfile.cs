using Toolkit.Numerics;

namespace Toolkit.Trainer.Profiling;

/// <summary>One function of a training step and its time.</summary>
/// <param name="Name">The function: <c>Conv</c>.</param>
/// <param name="IsBackward">Whether it is the function's gradient.</param>
/// <param name="InputShapes">The shapes of its inputs, batch and parameters included.</param>
/// <param name="OutputShape">The shape of its output.</param>
/// <param name="Microseconds">The median time of a run.</param>
/// <param name="MultiplyAdds">The multiply-adds that the formula has; 0 where it is bound by memory.</param>
public sealed record FunctionProfile(string Name, bool IsBackward, IReadOnlyList<Shape> InputShapes, Shape OutputShape, double Microseconds, long MultiplyAdds);
