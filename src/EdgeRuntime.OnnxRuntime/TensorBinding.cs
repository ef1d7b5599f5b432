using Microsoft.ML.OnnxRuntime;
using Toolkit.Numerics;
using Toolkit.Onnx;
using OrtBFloat16 = Microsoft.ML.OnnxRuntime.BFloat16;
using OrtFloat16 = Microsoft.ML.OnnxRuntime.Float16;
using Tensor = Toolkit.Numerics.Tensor;
using TensorElementType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType;

namespace Toolkit.EdgeRuntime.OnnxRuntime;

/// <summary>
/// Tensors as ONNX Runtime's values. Numeric tensors are pinned and shared, in both directions; strings and narrow elements, whose storage
/// differs, are copied.
/// </summary>
internal static class TensorBinding
{
    /// <summary>A value that reads from, or writes to, the tensor's own memory. Dispose it to unpin.</summary>
    /// <exception cref="UnsupportedOperatorException">ONNX Runtime has no values of that element type.</exception>
    public static OrtValue Bind(Tensor tensor)
    {
        long[] shape = Array.ConvertAll(tensor.Shape.Dimensions.ToArray(), size => (long)size);
        return tensor switch
        {
            Tensor<float> t => Share(t.Memory, shape),
            Tensor<byte> t => Share(t.Memory, shape),
            Tensor<sbyte> t => Share(t.Memory, shape),
            Tensor<ushort> t => Share(t.Memory, shape),
            Tensor<short> t => Share(t.Memory, shape),
            Tensor<int> t => Share(t.Memory, shape),
            Tensor<long> t => Share(t.Memory, shape),
            Tensor<bool> t => Share(t.Memory, shape),
            Tensor<double> t => Share(t.Memory, shape),
            Tensor<uint> t => Share(t.Memory, shape),
            Tensor<ulong> t => Share(t.Memory, shape),
            Tensor<Half> t => Share(new CastMemoryManager<Half, OrtFloat16>(t.Memory).Memory, shape),
            Tensor<Numerics.BFloat16> t => Share(new CastMemoryManager<Numerics.BFloat16, OrtBFloat16>(t.Memory).Memory, shape),
            Tensor<string> t => CopyStrings(t, shape),
            _ when NarrowFormat.Find(tensor.ElementType) is not null => CopyNarrow(tensor, shape),
            _ => throw new UnsupportedOperatorException($"ONNX Runtime has no tensors of element type {ElementTypes.Get(tensor.ElementType).Name} in its .NET API; cast them in the model."),
        };
    }

    /// <summary>Brings the strings and the packed elements of an output back; other element types are shared and need nothing.</summary>
    public static void CopyBack(OrtValue value, Tensor tensor)
    {
        if (tensor is Tensor<string> strings)
        {
            value.GetStringTensorAsArray().CopyTo(strings.Span);
        }
        else if (NarrowFormat.Find(tensor.ElementType) is { } format && tensor.Length > 0)
        {
            PackedElements.Unpack(value.GetTensorMutableRawData(), tensor.Bytes, format.BitWidth);
        }
    }

    /// <summary>A tensor that copies a value.</summary>
    public static Tensor Copy(string name, OrtValue value)
    {
        if (!value.IsTensor)
        {
            throw new UnsupportedOperatorException($"ONNX Runtime: output '{name}' is a {value.OnnxType}; only tensors are supported.");
        }

        OrtTensorTypeAndShapeInfo info = value.GetTensorTypeAndShape();
        var shape = new Shape(Array.ConvertAll(info.Shape, size => checked((int)size)));
        Tensor tensor = Tensor.Create(ElementTypeOf(info.ElementDataType), shape);
        if (tensor.Length == 0)
        {
            return tensor;
        }

        if (tensor is Tensor<string> || NarrowFormat.Find(tensor.ElementType) is not null)
        {
            CopyBack(value, tensor);
        }
        else
        {
            value.GetTensorMutableRawData().CopyTo(tensor.Bytes);
        }

        return tensor;
    }

    /// <summary>ONNX Runtime numbers element types as ONNX does.</summary>
    public static ElementType ElementTypeOf(TensorElementType type) =>
        ElementTypes.Find((ElementType)(int)type)?.ElementType ?? ElementType.Undefined;

    private static OrtValue Share<T>(Memory<T> memory, long[] shape)
        where T : unmanaged => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, shape);

    /// <exception cref="UnsupportedOperatorException">ONNX Runtime has no such element type.</exception>
    private static OrtValue CopyNarrow(Tensor tensor, long[] shape)
    {
        ElementTypeInfo info = ElementTypes.Get(tensor.ElementType);
        if (!Enum.IsDefined((TensorElementType)(int)tensor.ElementType))
        {
            throw new UnsupportedOperatorException($"ONNX Runtime has no tensors of element type {info.Name} in its .NET API; cast them in the model.");
        }

        OrtValue value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, (TensorElementType)(int)tensor.ElementType, shape);
        if (tensor.Length > 0)
        {
            PackedElements.Pack(tensor.Bytes, value.GetTensorMutableRawData(), info.BitWidth);
        }

        return value;
    }

    private static OrtValue CopyStrings(Tensor<string> tensor, long[] shape)
    {
        OrtValue value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
        ReadOnlySpan<string> strings = tensor.Span;
        for (int i = 0; i < strings.Length; i++)
        {
            value.StringTensorSetElementAt((strings[i] ?? "").AsSpan(), i);
        }

        return value;
    }
}
