namespace Toolkit.Onnx;

/// <summary>A value that may be absent.</summary>
public sealed class OnnxOptional : OnnxValue
{
    /// <summary>Makes an optional that holds a value, or none.</summary>
    /// <param name="elementType">The type of what it may hold.</param>
    /// <param name="value">What it holds; null where nothing is there.</param>
    /// <exception cref="ArgumentException">The value is of another type.</exception>
    public OnnxOptional(OnnxType elementType, OnnxValue? value)
    {
        ArgumentNullException.ThrowIfNull(elementType);
        if (value is not null && !value.Type.Fits(elementType))
        {
            throw new ArgumentException($"Optional: expected a value of type {elementType}, got {value.Type}.", nameof(value));
        }

        ElementType = elementType;
        Value = value;
    }

    /// <summary>The type of what it may hold.</summary>
    public OnnxType ElementType { get; }

    /// <summary>What it holds, or null.</summary>
    public OnnxValue? Value { get; }

    /// <inheritdoc/>
    public override OnnxType Type => new OptionalType(ElementType);

    /// <inheritdoc/>
    public override long Bytes => Value?.Bytes ?? 0;

    /// <summary>As it is written in messages: <c>optional(float32 [2,3])</c>.</summary>
    public override string ToString() => $"optional({Value?.ToString() ?? "nothing"})";
}
