using Google.Protobuf;
using Toolkit.Numerics;
using Toolkit.Onnx.Protobuf;
using Toolkit.Onnx.Reading;

namespace Toolkit.Onnx;

/// <summary>
/// Reads files that hold one tensor as ONNX stores it, a <c>TensorProto</c>: the inputs and outputs of ONNX's backend tests
/// (<c>input_0.pb</c>), and what <c>onnx.save_tensor</c> writes.
/// </summary>
public static class StoredTensor
{
    /// <summary>Reads a tensor file.</summary>
    /// <exception cref="OnnxModelException">The file is no tensor, or exceeds the limits; the message names the file.</exception>
    /// <exception cref="UnsupportedOperatorException">Nothing here stores elements of its type.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Tensor Load(string path, OnnxLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        limits ??= OnnxLimits.Default;
        long length = new FileInfo(path).Length;
        return length <= limits.MaxFileBytes
            ? Parse(File.ReadAllBytes(path), $"'{path}'", limits)
            : throw new OnnxModelException($"'{path}': {length} bytes exceed the limit of {limits.MaxFileBytes} (OnnxLimits.MaxFileBytes).");
    }

    /// <summary>Reads a tensor from the bytes of such a file.</summary>
    /// <inheritdoc cref="Load"/>
    public static Tensor Parse(ReadOnlySpan<byte> bytes, OnnxLimits? limits = null) => Parse(bytes, "Tensor", limits ?? OnnxLimits.Default);

    private static Tensor Parse(ReadOnlySpan<byte> bytes, string what, OnnxLimits limits)
    {
        try
        {
            new WireScanner(limits).ScanTensor(bytes);
            TensorProto proto = TensorProto.Parser.ParseFrom(bytes);
            return proto.DataType != 0
                ? TensorReader.Read(proto, what, limits)
                : throw new OnnxModelException($"{what}: expected a stored tensor (TensorProto), got none: the file is empty, damaged or of another kind.");
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new OnnxModelException($"{what}: expected a stored tensor (TensorProto), got bytes that do not parse.", exception);
        }
    }
}
