namespace Toolkit.Onnx.Reading;

/// <summary>What reading one model has taken so far of what is limited in all.</summary>
internal sealed class ReadUsage
{
    private long _externalBytes;

    /// <summary>Counts bytes of external data before memory is taken for them: many tensors may name the same part of a file.</summary>
    /// <exception cref="OnnxModelException">They exceed the limit.</exception>
    public void AddExternalBytes(long bytes, OnnxLimits limits, string what)
    {
        _externalBytes += bytes;
        if (_externalBytes > limits.MaxExternalBytes)
        {
            throw new OnnxModelException($"{what}: the model's external data exceed the limit of {limits.MaxExternalBytes} bytes (OnnxLimits.MaxExternalBytes).");
        }
    }
}
