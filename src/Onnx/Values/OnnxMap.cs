using Toolkit.Numerics;

namespace Toolkit.Onnx;

/// <summary>A table from keys to numbers or texts, in the order in which the keys were given.</summary>
public sealed class OnnxMap : OnnxValue
{
    /// <summary>Makes a table. The tensors are not copied.</summary>
    /// <param name="keys">The keys, each once: integers or texts, [n].</param>
    /// <param name="values">The value of each key, [n].</param>
    /// <exception cref="ArgumentException">Shapes or types do not fit.</exception>
    public OnnxMap(Tensor keys, Tensor values)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(values);
        if (keys.Shape.Rank != 1 || values.Shape != keys.Shape)
        {
            throw new ArgumentException($"Map: expected keys and values of one length [n], got {keys.Shape} and {values.Shape}.", nameof(values));
        }

        Keys = keys;
        Values = values;
    }

    /// <summary>The keys, [n].</summary>
    public Tensor Keys { get; }

    /// <summary>The value of each key, [n].</summary>
    public Tensor Values { get; }

    /// <inheritdoc/>
    public override OnnxType Type => new MapType(Keys.ElementType, new TensorType(Values.ElementType, new SymbolicShape()));

    /// <inheritdoc/>
    public override long Bytes => ((OnnxTensor)FromTensor(Keys)).Bytes + ((OnnxTensor)FromTensor(Values)).Bytes;

    /// <summary>As it is written in messages: <c>map(int64, float32) of 3</c>.</summary>
    public override string ToString() => $"map({ElementTypes.Get(Keys.ElementType).Name}, {ElementTypes.Get(Values.ElementType).Name}) of {Keys.Length}";
}
