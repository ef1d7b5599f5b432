using Toolkit.EdgeRuntime.Planning;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>What a subgraph gives that runs once for every slice of its inputs.</summary>
internal static class ScanOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Scan op, NodeContext node) => new Kernel(node, op, node.CompileSubgraphs());

    private sealed class Kernel(NodeContext node, Onnx.Operators.Scan op, Subprogram?[] body) : ControlKernel
    {
        private readonly Subprogram _body = body[0]!;
        private readonly int _stateCount = op.Body.Inputs.Count - (int)op.NumScanInputs;
        private readonly int _resultCount = op.Body.Outputs.Count - op.Body.Inputs.Count + (int)op.NumScanInputs;

        public override IReadOnlyList<Subprogram?> Subprograms => body;

        public override void Run(in ValueArguments arguments)
        {
            if (op.IsBatched)
            {
                RunBatch(arguments);
                return;
            }

            Tensor[] inputs = Tensors(arguments.Inputs[..node.OperatorInputCount]);
            (OnnxValue[] states, Tensor?[] results) = RunSequence(inputs, arguments, -1);
            for (int i = 0; i < arguments.OutputCount; i++)
            {
                arguments.SetOutput(i, i < _stateCount ? states[i] : new OnnxTensor(results[i - _stateCount] ?? TensorSlices.Empty(node, i)));
            }
        }

        // Each sequence of the batch is scanned by itself; what lies behind its end is 0.
        private void RunBatch(in ValueArguments arguments)
        {
            Tensor[] inputs = Tensors(arguments.Inputs[1..node.OperatorInputCount]);
            int batch = inputs[0].Shape[0];
            Tensor? lengths = arguments.HasInput(0) ? arguments.Tensor(0) : null;
            var outputs = new List<Tensor?>[op.Body.Outputs.Count];
            for (int i = 0; i < outputs.Length; i++)
            {
                outputs[i] = [];
            }

            long kept = 0;
            for (int b = 0; b < batch; b++)
            {
                Tensor[] sequence = Array.ConvertAll(inputs, input => TensorSlices.Take(input, 0, b));
                int total = sequence[_stateCount].Shape[0];
                long length = lengths is null ? total : IntegerInput.Read(lengths, b);
                if (length < 0 || length > total)
                {
                    throw node.BadValue($"expected lengths from 0 to {total}, got {length} for sequence {b}.");
                }

                (OnnxValue[] states, Tensor?[] results) = RunSequence(sequence, new ValueArguments(arguments.Inputs, default, arguments.Budget - kept, arguments.Workers), (int)length);
                for (int i = 0; i < outputs.Length; i++)
                {
                    Tensor? output = i < _stateCount ? ((OnnxTensor)states[i]).Tensor : results[i - _stateCount];
                    kept += output is null ? 0 : OnnxValue.FromTensor(output).Bytes;
                    outputs[i].Add(output);
                }
            }

            for (int i = 0; i < arguments.OutputCount; i++)
            {
                // A sequence without elements has results as long as the others, of 0.
                Tensor? other = outputs[i].Find(output => output is not null);
                arguments.SetOutput(i, new OnnxTensor(other is null
                    ? TensorSlices.Empty(node, i)
                    : TensorSlices.Stack(outputs[i].ConvertAll(output => output ?? Tensor.Create(other.ElementType, other.Shape)), 0, arguments.Budget - (2 * kept), node)));
            }
        }

        private (OnnxValue[] States, Tensor?[] Results) RunSequence(Tensor[] inputs, in ValueArguments arguments, int length)
        {
            int[] axes = new int[inputs.Length];
            int total = -1;
            for (int i = _stateCount; i < inputs.Length; i++)
            {
                axes[i] = inputs[i].Shape.NormalizeAxis((int)(op.InputAxes?[i - _stateCount] ?? 0));
                int size = inputs[i].Shape[axes[i]];
                total = total < 0 || total == size ? size : throw node.BadValue($"expected inputs of one number of slices, got {total} and {size}.");
            }

            length = length < 0 ? total : length;
            OnnxValue[] states = Array.ConvertAll(inputs[.._stateCount], OnnxValue.FromTensor);
            var results = new Tensor?[_resultCount];
            var slices = new OnnxValue[inputs.Length - _stateCount];
            for (int step = 0; step < length; step++)
            {
                for (int i = 0; i < slices.Length; i++)
                {
                    int index = op.InputDirections?[i] == 1 ? length - 1 - step : step;
                    slices[i] = new OnnxTensor(TensorSlices.Take(inputs[_stateCount + i], axes[_stateCount + i], index));
                }

                long held = 0;
                foreach (OnnxValue state in states)
                {
                    held += state.Bytes;
                }

                foreach (Tensor? result in results)
                {
                    held += result is null ? 0 : OnnxValue.FromTensor(result).Bytes;
                }

                OnnxValue[] outputs = _body.Run(Feed([.. states, .. slices], arguments.Inputs[node.OperatorInputCount..]), arguments.Budget - held, arguments.Workers);
                states = outputs[.._stateCount];
                for (int i = 0; i < results.Length; i++)
                {
                    Tensor slice = ((OnnxTensor)outputs[_stateCount + i]).Tensor;
                    int axis = OutputAxis(i, slice.Shape.Rank);
                    results[i] ??= Room(slice, axis, total, arguments.Budget - held);
                    if (TensorSlices.Without(results[i]!.Shape, axis) != slice.Shape)
                    {
                        throw node.BadValue($"expected results of one shape, got {TensorSlices.Without(results[i]!.Shape, axis)} and {slice.Shape}.");
                    }

                    TensorSlices.Put(slice, results[i]!, axis, op.OutputDirections?[i] == 1 ? length - 1 - step : step);
                }
            }

            return (states, results);
        }

        private int OutputAxis(int result, int rank)
        {
            int axis = (int)(op.OutputAxes?[result] ?? 0);
            int normal = axis < 0 ? axis + rank + 1 : axis;
            return normal >= 0 && normal <= rank ? normal : throw node.BadValue($"expected an output axis from -{rank + 1} to {rank}, got {axis}.");
        }

        private Tensor Room(Tensor slice, int axis, int total, long budget)
        {
            long bytes = OnnxValue.FromTensor(slice).Bytes * total;
            if (bytes > budget || (long)slice.Length * total > int.MaxValue)
            {
                throw node.BadValue($"{total} results of shape {slice.Shape} take {bytes} bytes, more than the run has left of OnnxLimits.MaxPlanBytes.");
            }

            ReadOnlySpan<int> dimensions = slice.Shape.Dimensions;
            return Tensor.Create(slice.ElementType, new Shape([.. dimensions[..axis], total, .. dimensions[axis..]]));
        }

        private static Tensor[] Tensors(ReadOnlySpan<OnnxValue?> values)
        {
            var tensors = new Tensor[values.Length];
            for (int i = 0; i < tensors.Length; i++)
            {
                tensors[i] = ((OnnxTensor)values[i]!).Tensor;
            }

            return tensors;
        }
    }
}
