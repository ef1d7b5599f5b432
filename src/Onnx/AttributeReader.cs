namespace Toolkit.Onnx;

/// <summary>A node's attributes while its operator record is made. Every read is checked for the attribute's type.</summary>
public abstract class AttributeReader
{
    /// <summary>The version of the operator's domain that the model imports.</summary>
    public abstract int Opset { get; }

    /// <summary>How many inputs the node names.</summary>
    public abstract int InputCount { get; }

    /// <summary>How many outputs the node names.</summary>
    public abstract int OutputCount { get; }

    /// <summary>A float attribute, or the default where it is absent.</summary>
    public abstract float Float(string name, float defaultValue);

    /// <summary>An int attribute, or the default where it is absent.</summary>
    public abstract long Int(string name, long defaultValue);
}
