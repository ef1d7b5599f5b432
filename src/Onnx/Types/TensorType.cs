using Toolkit.Numerics;

namespace Toolkit.Onnx;

/// <summary>The type of a tensor.</summary>
/// <param name="ElementType">Its element type; <see cref="ElementType.Undefined"/> where it is not known.</param>
/// <param name="Shape">Its shape; null where not even the rank is known.</param>
public sealed record TensorType(ElementType ElementType, SymbolicShape? Shape = null) : OnnxType
{
    /// <summary>As it is written in messages: <c>float32 [N,784]</c>.</summary>
    public override string ToString() => $"{ElementTypes.Find(ElementType)?.Name ?? "?"} {Shape?.ToString() ?? "of unknown rank"}";
}
