using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime;

/// <summary>What sessions do with values of any kind.</summary>
internal static class OnnxValues
{
    /// <summary>The value with every strided view in it copied to dense memory; itself where it has none.</summary>
    public static OnnxValue Densify(OnnxValue value) => IsDense(value) ? value : Map(value, tensor => tensor.Contiguous());

    /// <summary>A copy that shares no tensor with the value.</summary>
    public static OnnxValue Copy(OnnxValue value) => Map(value, tensor => tensor.Clone());

    /// <summary>Whether the tensors in a value have the shapes that a type declares, as far as it does.</summary>
    public static bool HasShapes(OnnxValue value, OnnxType type) => (value, type) switch
    {
        (OnnxTensor tensor, TensorType { Shape: { } shape }) => HasShape(tensor.Tensor.Shape, shape),
        (OnnxSequence sequence, SequenceType { Element: var element }) => sequence.All(item => HasShapes(item, element)),
        (OnnxOptional optional, OptionalType { Element: var element }) => optional.Value is null || HasShapes(optional.Value, element),
        (_, OptionalType { Element: var element }) => HasShapes(value, element),
        _ => true,
    };

    /// <summary>A value as the type that is declared for it: what an optional holds, or an optional that holds it.</summary>
    public static OnnxValue As(OnnxType type, OnnxValue value) => (type, value) switch
    {
        (OptionalType, OnnxOptional) => value,
        (OptionalType optional, _) => new OnnxOptional(optional.Element, value),
        (_, OnnxOptional { Value: { } held }) => held,
        _ => value,
    };

    private static bool HasShape(Shape shape, SymbolicShape declared)
    {
        bool fits = shape.Rank == declared.Rank;
        for (int axis = 0; fits && axis < shape.Rank; axis++)
        {
            fits = declared[axis].Size is not { } size || size == shape[axis];
        }

        return fits;
    }

    private static bool IsDense(OnnxValue value) => value switch
    {
        OnnxTensor tensor => tensor.Tensor.IsContiguous,
        OnnxSequence sequence => sequence.All(IsDense),
        OnnxOptional optional => optional.Value is null || IsDense(optional.Value),
        OnnxMap map => map.Keys.IsContiguous && map.Values.IsContiguous,
        _ => true,
    };

    private static OnnxValue Map(OnnxValue value, Func<Tensor, Tensor> map) => value switch
    {
        OnnxTensor tensor => new OnnxTensor(map(tensor.Tensor)),
        OnnxSequence sequence => new OnnxSequence(sequence.ElementType, [.. sequence.Select(item => Map(item, map))]),
        OnnxOptional optional => new OnnxOptional(optional.ElementType, optional.Value is null ? null : Map(optional.Value, map)),
        OnnxMap table => new OnnxMap(map(table.Keys), map(table.Values)),
        _ => value,
    };
}
