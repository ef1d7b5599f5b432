using Toolkit.Numerics;
using Toolkit.Onnx.Protobuf;

namespace Toolkit.Onnx.Reading;

/// <summary>Decodes stored types of values.</summary>
internal static class TypeReader
{
    /// <summary>A type; null where the file says none.</summary>
    public static OnnxType? Read(TypeProto? proto, string what)
    {
        switch (proto?.ValueCase ?? TypeProto.ValueOneofCase.None)
        {
            case TypeProto.ValueOneofCase.None:
                return null;
            case TypeProto.ValueOneofCase.TensorType:
                TypeProto.Types.Tensor tensor = proto!.TensorType;
                SymbolicShape? shape = tensor.Shape is null ? null : ReadShape(tensor.Shape, what);
                return new TensorType(tensor.ElemType == 0 && shape is null ? ElementType.Undefined : TensorReader.ReadType(tensor.ElemType, what), shape);
            case TypeProto.ValueOneofCase.SequenceType:
                return new SequenceType(ReadElement(proto!.SequenceType.ElemType, what));
            case TypeProto.ValueOneofCase.OptionalType:
                return new OptionalType(ReadElement(proto!.OptionalType.ElemType, what));
            case TypeProto.ValueOneofCase.MapType:
                return new MapType(TensorReader.ReadType(proto!.MapType.KeyType, what), ReadElement(proto.MapType.ValueType, what));
            default:
                throw new UnsupportedOperatorException($"{what}: expected a dense tensor, a sequence, an optional or a map, got {proto!.ValueCase}; other types are not supported.");
        }
    }

    private static OnnxType ReadElement(TypeProto? proto, string what) =>
        Read(proto, what) ?? throw new OnnxModelException($"{what}: expected the type of its elements, got none.");

    private static SymbolicShape ReadShape(TensorShapeProto proto, string what)
    {
        if (proto.Dim.Count > Shape.MaxRank)
        {
            throw new OnnxModelException($"{what}: expected a rank of {Shape.MaxRank} at most, got {proto.Dim.Count}.");
        }

        return new SymbolicShape([.. proto.Dim.Select(dimension => dimension.ValueCase switch
        {
            TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue => dimension.DimValue >= 0
                ? new Dimension(dimension.DimValue)
                : throw new OnnxModelException($"{what}: expected dimensions of 0 or more, got {dimension.DimValue}."),
            TensorShapeProto.Types.Dimension.ValueOneofCase.DimParam when dimension.DimParam.Length > 0 => new Dimension(dimension.DimParam),
            _ => Dimension.Unknown,
        })]);
    }
}
