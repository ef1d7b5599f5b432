using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;

namespace Toolkit.Trainer.Training;

/// <summary>Copies batches of samples and targets into programs, in order or shuffled. Copying allocates nothing.</summary>
internal sealed class BatchSource
{
    private readonly ReadOnlyMemory<float> _x;
    private readonly ReadOnlyMemory<float> _y;
    private readonly int _xWidth;
    private readonly int _yWidth;
    private readonly int[]? _order;

    /// <summary>Makes the source of samples <paramref name="first"/> to <c>first + count</c>.</summary>
    public BatchSource(Tensor<float> x, Tensor<float> y, int first, int count, bool shuffles)
    {
        _xWidth = x.Shape.LengthOf(1..);
        _yWidth = y.Shape.LengthOf(1..);
        _x = x.Memory.Slice(first * _xWidth, count * _xWidth);
        _y = y.Memory.Slice(first * _yWidth, count * _yWidth);
        Count = count;
        _order = shuffles ? new int[count] : null;
    }

    public int Count { get; }

    public int TargetWidth => _yWidth;

    /// <summary>Draws the order of an epoch; it depends on the seed and the epoch's number alone.</summary>
    public void Shuffle(int seed, int epoch)
    {
        if (_order is null)
        {
            return;
        }

        for (int i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        new CounterRandom((ulong)seed, RandomStreams.Shuffle(epoch)).Shuffle<int>(_order);
    }

    /// <summary>Fills inputs 0 and 1 of a program.</summary>
    public void Fill(StepProgram program, int start, int rows)
    {
        Copy(_x.Span, _xWidth, program.Input(0), start, rows);
        Copy(_y.Span, _yWidth, program.Input(1), start, rows);
    }

    private void Copy(ReadOnlySpan<float> source, int width, Span<float> destination, int start, int rows)
    {
        if (_order is null)
        {
            source.Slice(start * width, rows * width).CopyTo(destination);
            return;
        }

        ReadOnlySpan<int> order = _order.AsSpan(start, rows);
        if (width == 1)
        {
            for (int row = 0; row < order.Length; row++)
            {
                destination[row] = source[order[row]];
            }

            return;
        }

        for (int row = 0; row < order.Length; row++)
        {
            source.Slice(order[row] * width, width).CopyTo(destination[(row * width)..]);
        }
    }
}
