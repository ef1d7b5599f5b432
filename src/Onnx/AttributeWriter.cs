namespace Toolkit.Onnx;

/// <summary>Where an operator record writes its attributes, in the order in which ONNX documents them.</summary>
public abstract class AttributeWriter
{
    /// <summary>Writes a float.</summary>
    public abstract void Float(string name, float value);

    /// <summary>Writes an int.</summary>
    public abstract void Int(string name, long value);
}
