using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Planning;

/// <summary>A value in a plan.</summary>
/// <param name="Place">Where it lies.</param>
/// <param name="Index">Which input or output it is, or its offset's buffer in the arena.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Constant">Its value, where it is a constant.</param>
internal readonly record struct PlannedValue(ValuePlace Place, int Index, ElementType Type, Shape Shape, Tensor? Constant);
