using System.Numerics;
using System.Runtime.CompilerServices;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// A recurrent layer. The products with the inputs are one matrix product for a block of steps, as many as stay in a cache; then the
/// steps follow, each a product with the recurrent weights and the cell. Constant weights are packed when the model is loaded.
/// </summary>
internal sealed class RecurrentKernel<T> : OperatorKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The gates of a block of steps, in one direction.
    private const int MaxBlockElements = 1 << 18;

    private readonly RecurrentOperator _op;
    private readonly NodeContext _node;
    private readonly int _gates;
    private readonly bool _isGru;
    private readonly PackedMatrix[]? _inputWeights;
    private readonly PackedMatrix[]? _recurrentWeights;
    private readonly PackedMatrix[]? _candidateWeights;

    /// <summary>Packs the constant weights.</summary>
    public RecurrentKernel(RecurrentOperator op, NodeContext node)
    {
        (_op, _node) = (op, node);
        _gates = RecurrentLayer.GateCount(op.Cell);
        _isGru = op.Cell is RecurrentCellKind.Gru or RecurrentCellKind.GruLinearBeforeReset;
        if (node.Constant(1) is Tensor<float> w)
        {
            _inputWeights = Pack(w, 0, w.Shape[1]);
        }

        if (node.Constant(2) is Tensor<float> r)
        {
            int split = _isGru ? 2 * r.Shape[2] : r.Shape[1];
            _recurrentWeights = Pack(r, 0, split);
            _candidateWeights = _isGru ? Pack(r, split, r.Shape[2]) : null;
        }
    }

    /// <inheritdoc/>
    public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs)
    {
        Layout layout = LayoutOf(inputs[0], inputs[2]);
        return (layout.Total + (_recurrentWeights is null ? inputs[2].Length : 0)) * Unsafe.SizeOf<T>();
    }

    /// <inheritdoc/>
    public override void Run(in KernelArguments arguments)
    {
        Layout layout = LayoutOf(arguments.InputShape(0), arguments.InputShape(2));
        ReadOnlySpan<int> lengths = arguments.HasInput(4) ? arguments.Input<int>(4) : [];
        foreach (int length in lengths)
        {
            if (length < 0 || length > layout.Steps)
            {
                throw _node.BadValue($"expected sequence lengths from 0 to {layout.Steps}, got {length}.");
            }
        }

        int states = layout.Batch * layout.Hidden;
        if (states == 0)
        {
            // No sample or no state: every output is empty.
            return;
        }

        Span<T> scratch = arguments.Scratch<T>((int)(layout.Total + (_recurrentWeights is null ? arguments.InputShape(2).Length : 0)));
        Span<T> hidden = Take(ref scratch, layout.Directions * states);
        Span<T> cell = Take(ref scratch, _op.Cell == RecurrentCellKind.Lstm ? layout.Directions * states : 0);
        FillStates(arguments, 5, layout, hidden);
        FillStates(arguments, 6, layout, cell);
        Span<T> bias = Take(ref scratch, layout.Directions * layout.GateLength);
        Span<T> candidateBias = Take(ref scratch, layout.Directions * layout.Hidden);
        FillBias(arguments, layout, bias, candidateBias);
        Span<T> products = Take(ref scratch, _isGru ? layout.Directions * states : 0);
        Span<T> gates = Take(ref scratch, layout.Directions * layout.Block * layout.Batch * layout.GateLength);
        TransposeRecurrent(arguments, layout, scratch);
        for (int step = 0; step < layout.Steps; step += layout.Block)
        {
            WorkLimits.Poll();
            int count = Math.Min(layout.Block, layout.Steps - step);
            int backwards = layout.Steps - step - count;
            RecurrentLayer layer = new(_op.Cell, count, layout.Batch, layout.Hidden)
            {
                GateStep = (_op.BatchFirst ? 1 : layout.Batch) * layout.GateLength,
                GateRow = (_op.BatchFirst ? count : 1) * layout.GateLength,
                OutputStep = (_op.BatchFirst ? 1 : layout.Batch) * layout.Directions * layout.Hidden,
                OutputRow = (_op.BatchFirst ? layout.Steps * layout.Directions : 1) * layout.Hidden,
                Clip = _op.Clip ?? float.PositiveInfinity,
                CouplesInputAndForget = _op is LSTM { InputForget: true },
            };
            RecurrentPass<T> first = PassOf(arguments, layout, 0, step, backwards, count, gates, hidden, cell, products, bias, candidateBias, scratch);
            RecurrentPass<T> second = layout.Directions == 1 ? default
                : PassOf(arguments, layout, 1, step, backwards, count, gates, hidden, cell, products, bias, candidateBias, scratch);
            Recurrence.Run(layer, first, second, lengths, arguments.Workers);
        }

        StoreStates(arguments, 1, layout, hidden);
        StoreStates(arguments, 2, layout, cell);
    }

    private static Span<T> Take(ref Span<T> scratch, int count)
    {
        Span<T> taken = scratch[..count];
        scratch = scratch[count..];
        return taken;
    }

    // Rows [from, from + count) of the weights of each direction, transposed.
    private static PackedMatrix[] Pack(Tensor<float> weights, int from, int count)
    {
        (int rows, int columns) = (weights.Shape[1], weights.Shape[2]);
        var result = new PackedMatrix[weights.Shape[0]];
        for (int direction = 0; direction < result.Length; direction++)
        {
            result[direction] = Numerics.Kernels.Gemm.Pack(true, count, columns, weights.Span.Slice(((direction * rows) + from) * columns, count * columns), columns);
        }

        return result;
    }

    private Layout LayoutOf(Shape x, Shape r)
    {
        int steps = x[_op.BatchFirst ? 1 : 0];
        int batch = x[_op.BatchFirst ? 0 : 1];
        int hidden = r[2];
        long perStep = Math.Max(1, (long)batch * _gates * hidden);
        return new Layout(_op.DirectionCount, steps, batch, hidden, _gates * hidden, (int)Math.Clamp(MaxBlockElements / perStep, 1, Math.Max(1, steps)));
    }

    private RecurrentPass<T> PassOf(
        in KernelArguments arguments, Layout layout, int direction, int forwards, int backwards, int count,
        Span<T> gates, Span<T> hidden, Span<T> cell, Span<T> products, Span<T> bias, Span<T> candidateBias, Span<T> recurrent)
    {
        bool isReverse = direction == 1 || _op.Direction == RecurrentDirection.Reverse;
        int step = isReverse ? backwards : forwards;
        int states = layout.Batch * layout.Hidden;
        Span<T> own = gates.Slice(direction * layout.Block * layout.Batch * layout.GateLength, count * layout.Batch * layout.GateLength);
        Project(arguments, layout, direction, step, count, bias.Slice(direction * layout.GateLength, layout.GateLength), own);
        int split = _isGru ? 2 * layout.Hidden * layout.Hidden : layout.GateLength * layout.Hidden;
        ReadOnlySpan<T> weights = _recurrentWeights is null ? recurrent.Slice(direction * layout.GateLength * layout.Hidden, layout.GateLength * layout.Hidden) : [];
        return new RecurrentPass<T>
        {
            IsReverse = isReverse,
            FirstStep = step,
            F = _op.Cell == RecurrentCellKind.Rnn ? new CellActivation(CellActivationKind.Sigmoid) : _op.Activation(direction, 0),
            G = _op.Activation(direction, _op.Cell == RecurrentCellKind.Rnn ? 0 : 1),
            H = _op.Cell == RecurrentCellKind.Lstm ? _op.Activation(direction, 2) : new CellActivation(CellActivationKind.Tanh),
            Gates = own,
            Weights = weights.IsEmpty ? weights : weights[..split],
            PackedWeights = _recurrentWeights?[direction],
            CandidateWeights = weights.IsEmpty ? weights : weights[split..],
            PackedCandidateWeights = _candidateWeights?[direction],
            CandidateBias = _op.Cell == RecurrentCellKind.GruLinearBeforeReset && arguments.HasInput(3) ? candidateBias.Slice(direction * layout.Hidden, layout.Hidden) : [],
            Peepholes = arguments.HasInput(7) ? arguments.Input<T>(7).Slice(direction * 3 * layout.Hidden, 3 * layout.Hidden) : [],
            Hidden = hidden.Slice(direction * states, states),
            Cell = cell.IsEmpty ? cell : cell.Slice(direction * states, states),
            Products = products.IsEmpty ? products : products.Slice(direction * states, states),
            Output = arguments.HasOutput(0) ? arguments.Output<T>(0)[(direction * layout.Hidden * (_op.BatchFirst ? 1 : layout.Batch))..] : [],
        };
    }

    // gates = x · Wᵀ + bias for the steps from one on. Steps of one sequence are neighbours where sequences come first.
    private void Project(in KernelArguments arguments, Layout layout, int direction, int step, int count, ReadOnlySpan<T> bias, Span<T> gates)
    {
        ReadOnlySpan<T> x = arguments.Input<T>(0);
        int width = arguments.InputShape(0)[2];
        if (!_op.BatchFirst)
        {
            Product(arguments, direction, x.Slice(step * layout.Batch * width, count * layout.Batch * width), count * layout.Batch, width, bias, gates);
            return;
        }

        for (int row = 0; row < layout.Batch; row++)
        {
            Product(
                arguments, direction, x.Slice(((row * layout.Steps) + step) * width, count * width), count, width, bias,
                gates.Slice(row * count * layout.GateLength, count * layout.GateLength));
        }
    }

    private void Product(in KernelArguments arguments, int direction, ReadOnlySpan<T> x, int rows, int width, ReadOnlySpan<T> bias, Span<T> gates)
    {
        if (typeof(T) == typeof(float) && _inputWeights is not null)
        {
            PackedMatrix packed = _inputWeights[direction];
            Numerics.Kernels.Gemm.Multiply(
                rows, System.Runtime.InteropServices.MemoryMarshal.Cast<T, float>(x), width, packed, System.Runtime.InteropServices.MemoryMarshal.Cast<T, float>(gates), packed.Columns,
                System.Runtime.InteropServices.MemoryMarshal.Cast<T, float>(bias), ActivationKind.None, arguments.Workers);
            return;
        }

        ReadOnlySpan<T> w = arguments.Input<T>(1).Slice(direction * bias.Length * width, bias.Length * width);
        Numerics.Kernels.Gemm.Multiply(
            false, true, rows, bias.Length, width, T.One, x, width, w, width, T.Zero, gates, bias.Length, bias, ActivationKind.None, arguments.Workers);
    }

    // [H, G·H] of each direction, of a GRU [H, 2·H] and [H, H]: what the steps read in the order of memory.
    private void TransposeRecurrent(in KernelArguments arguments, Layout layout, Span<T> recurrent)
    {
        if (_recurrentWeights is not null)
        {
            return;
        }

        ReadOnlySpan<T> r = arguments.Input<T>(2);
        int hidden = layout.Hidden;
        int size = layout.GateLength * hidden;
        int split = _isGru ? 2 * hidden : layout.GateLength;
        for (int direction = 0; direction < layout.Directions; direction++)
        {
            ReadOnlySpan<T> source = r.Slice(direction * size, size);
            Span<T> target = recurrent.Slice(direction * size, size);
            StridedCopy.Run(source, 0, [1, hidden], [hidden, split], target[..(split * hidden)]);
            if (split < layout.GateLength)
            {
                StridedCopy.Run(source, split * hidden, [1, hidden], [hidden, layout.GateLength - split], target[(split * hidden)..]);
            }
        }
    }

    // Wb + Rb, but for a gate whose Rb is added on its own.
    private void FillBias(in KernelArguments arguments, Layout layout, Span<T> bias, Span<T> candidateBias)
    {
        bias.Clear();
        if (!arguments.HasInput(3))
        {
            return;
        }

        ReadOnlySpan<T> b = arguments.Input<T>(3);
        int length = layout.GateLength;
        int added = _op.Cell == RecurrentCellKind.GruLinearBeforeReset ? 2 * layout.Hidden : length;
        for (int direction = 0; direction < layout.Directions; direction++)
        {
            ReadOnlySpan<T> input = b.Slice(2 * direction * length, length);
            ReadOnlySpan<T> recurrent = b.Slice(((2 * direction) + 1) * length, length);
            for (int i = 0; i < length; i++)
            {
                bias[(direction * length) + i] = i < added ? input[i] + recurrent[i] : input[i];
            }

            if (added < length)
            {
                recurrent[added..].CopyTo(candidateBias[(direction * layout.Hidden)..]);
            }
        }
    }

    private void FillStates(in KernelArguments arguments, int input, Layout layout, Span<T> states)
    {
        if (!arguments.HasInput(input))
        {
            states.Clear();
        }
        else if (states.Length > 0)
        {
            Span<int> strides = _op.BatchFirst ? [layout.Hidden, layout.Directions * layout.Hidden, 1] : [layout.Batch * layout.Hidden, layout.Hidden, 1];
            StridedCopy.Run(arguments.Input<T>(input), 0, strides, [layout.Directions, layout.Batch, layout.Hidden], states);
        }
    }

    private void StoreStates(in KernelArguments arguments, int output, Layout layout, Span<T> states)
    {
        if (!arguments.HasOutput(output) || states.Length == 0)
        {
            return;
        }

        Span<T> target = arguments.Output<T>(output);
        if (_op.BatchFirst)
        {
            StridedCopy.Run<T>(states, 0, [layout.Hidden, layout.Batch * layout.Hidden, 1], [layout.Batch, layout.Directions, layout.Hidden], target);
        }
        else
        {
            states.CopyTo(target);
        }
    }

    // The sizes of a run. Block is how many steps' gates are held at a time.
    private readonly record struct Layout(int Directions, int Steps, int Batch, int Hidden, int GateLength, int Block)
    {
        // States, cells and products, biases, gates.
        public long Total => (3L * Directions * Batch * Hidden) + (Directions * ((long)GateLength + Hidden)) + ((long)Directions * Block * Batch * GateLength);
    }
}
