using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The tensors of a sequence one after the other along an axis, or along a new one.</summary>
internal static class ConcatFromSequenceOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.ConcatFromSequence op, NodeContext node) => new Kernel(node, op);

    private sealed class Kernel(NodeContext node, Onnx.Operators.ConcatFromSequence op) : ValueKernel
    {
        public override void Run(in ValueArguments arguments)
        {
            OnnxSequence sequence = arguments.Sequence(0);
            if (sequence.Count == 0)
            {
                throw node.BadValue("expected a sequence with elements, got an empty one.");
            }

            var tensors = new List<Tensor>(sequence.Count);
            foreach (OnnxValue element in sequence.Elements)
            {
                tensors.Add(((OnnxTensor)element).Tensor);
            }

            int rank = tensors[0].Shape.Rank + (op.NewAxis ? 1 : 0);
            int axis = op.Axis < 0 ? op.Axis + rank : op.Axis;
            if (axis < 0 || axis >= rank)
            {
                throw node.BadValue($"expected an axis from -{rank} to {rank - 1}, got {op.Axis}.");
            }

            arguments.SetOutput(0, new OnnxTensor(op.NewAxis ? TensorSlices.Stack(tensors, axis, arguments.Budget, node) : Join(tensors, axis, arguments.Budget)));
        }

        private Tensor Join(List<Tensor> tensors, int axis, long budget)
        {
            Shape first = TensorSlices.Without(tensors[0].Shape, axis);
            long size = 0;
            foreach (Tensor tensor in tensors)
            {
                if (tensor.Shape.Rank != tensors[0].Shape.Rank || TensorSlices.Without(tensor.Shape, axis) != first)
                {
                    throw node.BadValue($"expected tensors of one shape but for axis {axis}, got {tensors[0].Shape} and {tensor.Shape}.");
                }

                size += tensor.Shape[axis];
            }

            long elements = size * first.Length;
            if (size > int.MaxValue || elements > int.MaxValue || elements * Math.Max(1, ElementTypes.Get(tensors[0].ElementType).Size) > budget)
            {
                throw node.BadValue($"the {tensors.Count} tensors take more memory than the run has left of OnnxLimits.MaxPlanBytes.");
            }

            ReadOnlySpan<int> dimensions = tensors[0].Shape.Dimensions;
            Tensor joined = Tensor.Create(tensors[0].ElementType, new Shape([.. dimensions[..axis], (int)size, .. dimensions[(axis + 1)..]]));
            int start = 0;
            foreach (Tensor tensor in tensors)
            {
                TensorSlices.PutRange(tensor, joined, axis, start);
                start += tensor.Shape[axis];
            }

            return joined;
        }
    }
}
