using Google.Protobuf;
using Toolkit.Onnx.Protobuf;
using Toolkit.Onnx.Reading;

namespace Toolkit.Onnx;

/// <summary>
/// Reads a file that holds one value, as ONNX's own test data are stored: a TensorProto, a SequenceProto, an OptionalProto or a MapProto. The bytes do
/// not say which of them they are; the model's input or output does.
/// </summary>
public static class StoredValue
{
    /// <summary>Reads a file that holds a value of a type that a model declares.</summary>
    /// <exception cref="OnnxModelException">The file is not a value of that type, or exceeds the limits; the message names the file.</exception>
    /// <exception cref="UnsupportedOperatorException">The value holds elements of a type that has no storage.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OnnxValue Load(string path, OnnxType type, OnnxLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (type is null or TensorType)
        {
            return StoredTensor.Load(path, limits);
        }

        long length = new FileInfo(path).Length;
        long limit = (limits ?? OnnxLimits.Default).MaxFileBytes;
        try
        {
            return length <= limit ? Read(File.ReadAllBytes(path), type, limits)
                : throw new OnnxModelException($"{length} bytes exceed the limit of {limit} (OnnxLimits.MaxFileBytes).");
        }
        catch (OnnxModelException exception)
        {
            throw new OnnxModelException($"'{path}': {exception.Message}", exception);
        }
    }

    /// <summary>Reads a value of a type that a model declares.</summary>
    /// <exception cref="OnnxModelException">The bytes are not a value of that type, or exceed the limits.</exception>
    /// <exception cref="UnsupportedOperatorException">The value holds elements of a type that has no storage.</exception>
    public static OnnxValue Read(ReadOnlySpan<byte> bytes, OnnxType type, OnnxLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        limits ??= OnnxLimits.Default;
        if (bytes.Length > limits.MaxFileBytes)
        {
            throw new OnnxModelException($"Value: {bytes.Length} bytes exceed the limit of {limits.MaxFileBytes} (OnnxLimits.MaxFileBytes).");
        }

        new WireScanner(limits).ScanValue(bytes, type);
        try
        {
            var reader = new ValueReader(limits);
            return type switch
            {
                SequenceType sequence => reader.Read(SequenceProto.Parser.ParseFrom(bytes), sequence),
                OptionalType optional => reader.Read(OptionalProto.Parser.ParseFrom(bytes), optional),
                MapType map => reader.Read(MapProto.Parser.ParseFrom(bytes), map),
                _ => new OnnxTensor(TensorReader.Read(TensorProto.Parser.ParseFrom(bytes), "Value", limits)),
            };
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new OnnxModelException($"Value: expected a stored {type}, got bytes that do not parse: the file is cut off, damaged or of another kind.", exception);
        }
        catch (ArgumentException exception)
        {
            throw new OnnxModelException($"Value: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a value of the type of a model's input or output.</summary>
    /// <inheritdoc cref="Read(ReadOnlySpan{byte}, OnnxType, OnnxLimits?)"/>
    public static OnnxValue Read(ReadOnlySpan<byte> bytes, ValueInfo info, OnnxLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(info);
        return Read(bytes, info.Type, limits);
    }
}
