using System.Collections;

namespace Toolkit.Onnx;

/// <summary>A list of values of one type.</summary>
public sealed class OnnxSequence : OnnxValue, IReadOnlyList<OnnxValue>
{
    // What a place in the list takes beside its tensor.
    private const int BytesPerElement = 64;

    private readonly OnnxValue[] _elements;

    /// <summary>Makes a sequence that holds these values.</summary>
    /// <param name="elementType">The type of its elements. Shapes in it are not compared.</param>
    /// <param name="elements">Its elements.</param>
    /// <exception cref="ArgumentException">An element is of another type.</exception>
    public OnnxSequence(OnnxType elementType, params ReadOnlySpan<OnnxValue> elements)
    {
        ArgumentNullException.ThrowIfNull(elementType);
        ElementType = elementType;
        _elements = elements.ToArray();
        long bytes = BytesPerElement;
        for (int i = 0; i < _elements.Length; i++)
        {
            if (_elements[i] is not { } element || !element.Type.Fits(elementType))
            {
                throw new ArgumentException($"Sequence: expected elements of type {elementType}, got {_elements[i]?.Type.ToString() ?? "null"} as element {i}.", nameof(elements));
            }

            bytes = checked(bytes + element.Bytes + BytesPerElement);
        }

        Bytes = bytes;
    }

    // The elements are known to fit.
    private OnnxSequence(OnnxType elementType, OnnxValue[] elements, long bytes) => (ElementType, _elements, Bytes) = (elementType, elements, bytes);

    /// <summary>The type of the elements.</summary>
    public OnnxType ElementType { get; }

    /// <inheritdoc/>
    public override OnnxType Type => new SequenceType(ElementType);

    /// <inheritdoc/>
    public override long Bytes { get; }

    /// <summary>The number of elements.</summary>
    public int Count => _elements.Length;

    /// <summary>The elements.</summary>
    public ReadOnlySpan<OnnxValue> Elements => _elements;

    /// <summary>One element.</summary>
    public OnnxValue this[int index] => _elements[index];

    /// <summary>The sequence with one more element, at a position from 0 to <see cref="Count"/>.</summary>
    /// <exception cref="ArgumentException">The element is of another type.</exception>
    public OnnxSequence Insert(int position, OnnxValue element)
    {
        ArgumentNullException.ThrowIfNull(element);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)position, (uint)Count, nameof(position));
        if (!element.Type.Fits(ElementType))
        {
            throw new ArgumentException($"Sequence: expected an element of type {ElementType}, got {element.Type}.", nameof(element));
        }

        var elements = new OnnxValue[Count + 1];
        _elements.AsSpan(0, position).CopyTo(elements);
        elements[position] = element;
        _elements.AsSpan(position).CopyTo(elements.AsSpan(position + 1));
        return new OnnxSequence(ElementType, elements, checked(Bytes + element.Bytes + BytesPerElement));
    }

    /// <summary>The sequence without the element at a position from 0 to <see cref="Count"/> - 1.</summary>
    public OnnxSequence RemoveAt(int position)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)position, (uint)Count, nameof(position));
        return new OnnxSequence(ElementType, [.. _elements.AsSpan(0, position), .. _elements.AsSpan(position + 1)], Bytes - _elements[position].Bytes - BytesPerElement);
    }

    /// <inheritdoc/>
    public IEnumerator<OnnxValue> GetEnumerator() => ((IEnumerable<OnnxValue>)_elements).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As it is written in messages: <c>sequence(float32 [2,3], float32 [4])</c>.</summary>
    public override string ToString() =>
        _elements.Length <= 8 ? $"sequence({string.Join<OnnxValue>(", ", _elements)})" : $"sequence of {_elements.Length} ({string.Join<OnnxValue>(", ", _elements[..8])}, ...)";
}
