using Toolkit.Numerics;

namespace Toolkit.Onnx;

/// <summary>The name, element type and shape of a value: a graph's input or output, or a node's result.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="ElementType">Its element type; <see cref="ElementType.Undefined"/> where it is not known.</param>
/// <param name="Shape">Its shape; null where even the rank is not known.</param>
public sealed record ValueInfo(string Name, ElementType ElementType, SymbolicShape? Shape)
{
    /// <summary>As it is written in messages: <c>x float32 [N,784]</c>.</summary>
    public override string ToString() => $"{Name} {ElementTypes.Find(ElementType)?.Name ?? "?"} {Shape?.ToString() ?? "of unknown rank"}";
}
