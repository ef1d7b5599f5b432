using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>A <see cref="RecurrentPass{T}"/> over pinned memory. Its sequences are independent: any rows of it can be run on any thread.</summary>
internal unsafe struct RecurrentTask<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public RecurrentLayer Layer;
    public KernelSet Set;
    public WorkerPool Workers;
    public bool IsReverse;
    public int FirstStep;
    public CellActivation F;
    public CellActivation G;
    public CellActivation H;
    public T* Gates;
    public T* Weights;
    public PackedMatrix? PackedWeights;
    public T* CandidateWeights;
    public PackedMatrix? PackedCandidateWeights;
    public T* CandidateBias;
    public T* Peepholes;
    public T* State;
    public T* Cell;
    public T* Products;
    public T* Output;
    public int* Lengths;

    /// <summary>Takes all steps of the block for the sequences [from, to).</summary>
    public readonly void Run(int from, int to)
    {
        if (StandardActivations.Matches(F, G, H))
        {
            Run(from, to, default(StandardActivations));
        }
        else
        {
            Run(from, to, new ChosenActivations(F, G, H));
        }
    }

    private readonly void Run<TActivations>(int from, int to, TActivations activations)
        where TActivations : struct, ICellActivations
    {
        for (int i = 0; i < Layer.Steps; i++)
        {
            int step = IsReverse ? Layer.Steps - 1 - i : i;
            T* gates = Gates + ((nint)step * Layer.GateStep);
            CellRows rows = RowsOf(gates, FirstStep + step);
            int hidden = Layer.Hidden;
            switch (Layer.Cell)
            {
                case RecurrentCellKind.Rnn:
                    Multiply(State, PackedWeights, Weights, hidden, gates, Layer.GateRow, T.One, null, from, to);
                    Dispatch(new RnnBody<TActivations>(rows, activations), from, to);
                    break;
                case RecurrentCellKind.Lstm:
                    Multiply(State, PackedWeights, Weights, 4 * hidden, gates, Layer.GateRow, T.One, null, from, to);
                    Dispatch(new LstmBody<TActivations>(rows, activations), from, to);
                    break;
                case RecurrentCellKind.Gru:
                    Multiply(State, PackedWeights, Weights, 2 * hidden, gates, Layer.GateRow, T.One, null, from, to);
                    Dispatch(new GruResetBody<TActivations>(rows, activations), from, to);
                    Multiply(Products, PackedCandidateWeights, CandidateWeights, hidden, gates + (2 * hidden), Layer.GateRow, T.One, null, from, to);
                    Dispatch(new GruBody<TActivations>(rows, activations, resetsProducts: false), from, to);
                    break;
                default:
                    Multiply(State, PackedWeights, Weights, 2 * hidden, gates, Layer.GateRow, T.One, null, from, to);
                    Multiply(State, PackedCandidateWeights, CandidateWeights, hidden, Products, hidden, T.Zero, CandidateBias, from, to);
                    Dispatch(new GruBody<TActivations>(rows, activations, resetsProducts: true), from, to);
                    break;
            }
        }
    }

    private readonly CellRows RowsOf(T* gates, int step) => new()
    {
        Hidden = Layer.Hidden,
        Step = step,
        Lengths = Lengths,
        Gates = gates,
        GateRow = Layer.GateRow,
        State = State,
        Cell = Cell,
        Products = Products,
        Peepholes = Peepholes,
        Output = Output is null ? null : Output + ((nint)step * Layer.OutputStep),
        OutputRow = Layer.OutputRow,
        Clip = Layer.Clip,
        Couples = Layer.CouplesInputAndForget,
    };

    private readonly void Dispatch<TBody>(TBody body, int from, int to)
        where TBody : struct, ILaneBody => LaneTraversal.Dispatch<TBody, T>(ref body, from, to, Set.Level);

    // target[rows] = states[rows] · weights + beta · target[rows] + bias.
    private readonly void Multiply(T* states, PackedMatrix? packed, T* weights, int columns, T* target, nint targetRow, T beta, T* bias, int from, int to)
    {
        GemmProblem<T> problem = new()
        {
            M = to - from,
            N = columns,
            K = Layer.Hidden,
            A = states + ((nint)from * Layer.Hidden),
            ARowStride = Layer.Hidden,
            AColumnStride = 1,
            B = packed is null ? weights : null,
            BRowStride = columns,
            BColumnStride = 1,
            PackedB = packed is null ? null : (T*)packed.Panels,
            C = target + (from * targetRow),
            CRowStride = targetRow,
            Bias = bias,
            Alpha = T.One,
            Beta = beta,
            Activation = ActivationKind.None,
        };
        GemmDriver<T>.Multiply(packed is null ? Gemm.KernelOf<T>(Set) : (GemmKernel<T>)(object)packed.Kernel, in problem, Workers);
        GC.KeepAlive(packed);
    }
}
