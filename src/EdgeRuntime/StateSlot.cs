using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime;

/// <summary>
/// An output that carries a state, and two buffers that take turns: a step reads what the step before wrote, and writes to the other.
/// </summary>
internal sealed class StateSlot(int output)
{
    private readonly Tensor?[] _buffers = new Tensor?[2];
    private int _newest;
    private bool _isBegun;
    private Shape _shape;

    /// <summary>Which output of the model it is.</summary>
    public int Output => output;

    /// <summary>What the step before wrote; null at a stream's begin.</summary>
    public Tensor? Newest => _isBegun ? _buffers[_newest] : null;

    /// <summary>The buffer for another step like the one before; null where there is none of its shape.</summary>
    public Tensor? Spare => _buffers[1 - _newest] is { } spare && spare.Shape == _shape ? spare : null;

    /// <summary>The buffer for a step that writes this shape, made where there is none.</summary>
    public Tensor Prepare(ElementType type, Shape shape)
    {
        _shape = shape;
        return Spare ?? (_buffers[1 - _newest] = Tensor.Create(type, shape));
    }

    /// <summary>The step is done: what it wrote is the newest.</summary>
    public void Turn()
    {
        _newest = 1 - _newest;
        _isBegun = true;
    }

    /// <summary>The step is done and has made the tensor itself.</summary>
    public void Turn(Tensor written)
    {
        _buffers[1 - _newest] = written;
        Turn();
    }

    /// <summary>The stream is over; the buffers stay for the next.</summary>
    public void Clear() => _isBegun = false;
}
