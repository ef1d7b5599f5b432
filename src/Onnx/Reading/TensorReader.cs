using System.Numerics;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Toolkit.Numerics;
using Toolkit.Onnx.Protobuf;

namespace Toolkit.Onnx.Reading;

/// <summary>Decodes a stored tensor. Every length is checked before memory is taken.</summary>
internal static class TensorReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The element type of a number in a file.</summary>
    /// <exception cref="OnnxModelException">ONNX has no such type.</exception>
    public static ElementType ReadType(int number, string what)
    {
        return ElementTypes.Find((ElementType)number) is not null
            ? (ElementType)number
            : throw new OnnxModelException($"{what}: expected an element type of ONNX (1 to {ElementTypes.All.Count}), got {number}.");
    }

    public static Tensor Read(TensorProto proto, string what, OnnxLimits limits)
    {
        ElementType type = ReadType(proto.DataType, what);
        if (proto.Segment is not null)
        {
            throw new OnnxModelException($"{what}: it is stored in segments, which is not read; save the model with whole tensors.");
        }

        Shape shape = ReadShape(proto.Dims, type, what, limits);
        if (proto.DataLocation == TensorProto.Types.DataLocation.External || proto.ExternalData.Count > 0)
        {
            return ReadExternal(proto, type, shape, what, limits);
        }

        if (type == ElementType.String)
        {
            return ReadStrings(proto, shape, what);
        }

        ElementTypeInfo info = ElementTypes.Get(type);
        if (proto.HasRawData)
        {
            RequireLength(proto.RawData.Length, info.StoredBytes(shape.Length), what, "bytes of raw_data");
            Tensor raw = info.Allocate(shape);
            CopyRaw(proto.RawData.Span, raw, type);
            return raw;
        }

        return type switch
        {
            ElementType.Float32 => Typed<float, float>(proto.FloatData, shape, what, "float_data", value => value),
            ElementType.Float64 => Typed<double, double>(proto.DoubleData, shape, what, "double_data", value => value),
            ElementType.Int64 => Typed<long, long>(proto.Int64Data, shape, what, "int64_data", value => value),
            ElementType.UInt64 => Typed<ulong, ulong>(proto.Uint64Data, shape, what, "uint64_data", value => value),
            ElementType.UInt32 => Typed<ulong, uint>(proto.Uint64Data, shape, what, "uint64_data", value => checked((uint)value)),
            ElementType.Int32 => Typed<int, int>(proto.Int32Data, shape, what, "int32_data", value => value),
            ElementType.Int16 => Typed<int, short>(proto.Int32Data, shape, what, "int32_data", value => checked((short)value)),
            ElementType.UInt16 => Typed<int, ushort>(proto.Int32Data, shape, what, "int32_data", value => checked((ushort)value)),
            ElementType.Int8 => Typed<int, sbyte>(proto.Int32Data, shape, what, "int32_data", value => checked((sbyte)value)),
            ElementType.UInt8 => Typed<int, byte>(proto.Int32Data, shape, what, "int32_data", value => checked((byte)value)),
            ElementType.Bool => Typed<int, bool>(proto.Int32Data, shape, what, "int32_data", value => value is 0 or 1 ? value == 1 : throw new OverflowException()),
            ElementType.Float16 => Typed<int, Half>(proto.Int32Data, shape, what, "int32_data", value => BitConverter.UInt16BitsToHalf(checked((ushort)value))),
            ElementType.BFloat16 => Typed<int, BFloat16>(proto.Int32Data, shape, what, "int32_data", value => new BFloat16(checked((ushort)value))),
            _ when NarrowFormat.Find(type) is not null => Codes(proto.Int32Data, info, shape, what),
            ElementType.Complex64 => Pairs(proto.FloatData, shape, what, "float_data", (real, imaginary) => new Complex64(real, imaginary)),
            _ => Pairs(proto.DoubleData, shape, what, "double_data", (real, imaginary) => new Complex(real, imaginary)),
        };
    }

    /// <summary>A text that a file stores as bytes.</summary>
    public static string ReadText(ByteString bytes, string what)
    {
        try
        {
            return StrictUtf8.GetString(bytes.Span);
        }
        catch (DecoderFallbackException exception)
        {
            throw new OnnxModelException($"{what}: expected UTF-8 text, got other bytes.", exception);
        }
    }

    private static Tensor ReadExternal(TensorProto proto, ElementType type, Shape shape, string what, OnnxLimits limits)
    {
        if (proto.DataLocation != TensorProto.Types.DataLocation.External || type == ElementType.String || proto.HasRawData)
        {
            throw new OnnxModelException($"{what}: expected numbers either inside of the file or outside of it, got {type} that names external data and has a data_location of {proto.DataLocation}.");
        }

        ElementTypeInfo info = ElementTypes.Get(type);
        Tensor tensor = ExternalData.Read(proto, (long)shape.Length * info.Size, () => info.Allocate(shape), what, limits);
        Normalize(tensor.Bytes, type);
        return tensor;
    }

    private static Shape ReadShape(RepeatedField<long> dims, ElementType type, string what, OnnxLimits limits)
    {
        if (dims.Count > Shape.MaxRank)
        {
            throw new OnnxModelException($"{what}: expected a rank of {Shape.MaxRank} at most, got {dims.Count}.");
        }

        // A string takes a reference at least, whatever its text.
        long bytes = Math.Max(ElementTypes.Get(type).Size, type == ElementType.String ? IntPtr.Size : 1);
        var shape = new int[dims.Count];
        bool empty = dims.Contains(0);
        for (int i = 0; i < shape.Length; i++)
        {
            long size = dims[i];
            if (size is < 0 or > int.MaxValue)
            {
                throw new OnnxModelException($"{what}: expected dimensions from 0 to {int.MaxValue}, got [{string.Join(',', dims)}].");
            }

            shape[i] = (int)size;
            if (!empty && bytes > limits.MaxTensorBytes / size)
            {
                throw new OnnxModelException($"{what}: {type} [{string.Join(',', dims)}] exceeds the limit of {limits.MaxTensorBytes} bytes a tensor (OnnxLimits.MaxTensorBytes).");
            }

            bytes *= empty ? 1 : size;
        }

        try
        {
            return new Shape(shape);
        }
        catch (ArgumentException exception)
        {
            throw new OnnxModelException($"{what}: {exception.Message}", exception);
        }
    }

    private static void RequireLength(long got, long expected, string what, string unit)
    {
        if (got != expected)
        {
            throw new OnnxModelException($"{what}: expected {expected} {unit} for its shape and type, got {got}.");
        }
    }

    private static Tensor<TElement> Typed<TStored, TElement>(RepeatedField<TStored> data, Shape shape, string what, string field, Converter<TStored, TElement> convert)
    {
        RequireLength(data.Count, shape.Length, what, $"elements in {field}");
        var tensor = new Tensor<TElement>(shape);
        Span<TElement> span = tensor.Span;
        for (int i = 0; i < span.Length; i++)
        {
            try
            {
                span[i] = convert(data[i]);
            }
            catch (OverflowException exception)
            {
                throw new OnnxModelException($"{what}: {field}[{i}] is {data[i]}, which is not a {typeof(TElement).Name}.", exception);
            }
        }

        return tensor;
    }

    private static Tensor<TElement> Pairs<TStored, TElement>(RepeatedField<TStored> data, Shape shape, string what, string field, Func<TStored, TStored, TElement> convert)
    {
        RequireLength(data.Count, 2L * shape.Length, what, $"numbers in {field}");
        var tensor = new Tensor<TElement>(shape);
        Span<TElement> span = tensor.Span;
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = convert(data[2 * i], data[(2 * i) + 1]);
        }

        return tensor;
    }

    /// <summary>Narrow elements: each number is one byte of the packed form.</summary>
    private static Tensor Codes(RepeatedField<int> data, ElementTypeInfo info, Shape shape, string what)
    {
        RequireLength(data.Count, info.StoredBytes(shape.Length), what, "numbers in int32_data");
        var bytes = new byte[data.Count];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = data[i] is >= 0 and <= byte.MaxValue ? (byte)data[i]
                : throw new OnnxModelException($"{what}: int32_data[{i}] is {data[i]}, which is not a byte of {info.Name} elements.");
        }

        Tensor tensor = info.Allocate(shape);
        PackedElements.Unpack(bytes, tensor.Bytes, info.BitWidth);
        return tensor;
    }

    private static Tensor<string> ReadStrings(TensorProto proto, Shape shape, string what)
    {
        if (proto.HasRawData)
        {
            throw new OnnxModelException($"{what}: expected strings in string_data, got raw_data.");
        }

        RequireLength(proto.StringData.Count, shape.Length, what, "elements in string_data");
        var tensor = new Tensor<string>(shape);
        for (int i = 0; i < shape.Length; i++)
        {
            tensor.Span[i] = ReadText(proto.StringData[i], what);
        }

        return tensor;
    }

    private static void CopyRaw(ReadOnlySpan<byte> source, Tensor tensor, ElementType type)
    {
        if (ElementTypes.Get(type).BitWidth < 8)
        {
            PackedElements.Unpack(source, tensor.Bytes, ElementTypes.Get(type).BitWidth);
            return;
        }

        source.CopyTo(tensor.Bytes);
        Normalize(tensor.Bytes, type);
    }

    /// <summary>From little-endian elements to the machine's; bools become valid: a byte other than 0 and 1 is not a <see cref="bool"/>.</summary>
    private static void Normalize(Span<byte> target, ElementType type)
    {
        if (type == ElementType.Bool)
        {
            foreach (ref byte value in target)
            {
                value = value == 0 ? (byte)0 : (byte)1;
            }
        }
        else if (!BitConverter.IsLittleEndian)
        {
            int part = type switch { ElementType.Complex64 => 4, ElementType.Complex128 => 8, _ => ElementTypes.Get(type).Size };
            for (int i = 0; i < target.Length; i += part)
            {
                target.Slice(i, part).Reverse();
            }
        }
    }
}
