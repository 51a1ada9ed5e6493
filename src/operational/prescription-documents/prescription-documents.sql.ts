/** A document as lists show it. The row of its bytes is read, the bytes are not. */
const ROW = `
  d.document_id as "documentId", d.prescription_id as "prescriptionId", c.media_type as "mediaType", c.byte_size as "byteSize",
  encode(c.sha256, 'hex') as sha256, u.full_name as "uploadedBy", d.uploaded_at as "uploadedAt",
  case when d.withdrawn_at is not null then json_build_object('by', w.full_name, 'at', d.withdrawn_at, 'reason', d.withdrawal_reason) end as withdrawn
from operational.prescription_documents d
join operational.prescription_document_contents c using (content_id)
join operational.users u on u.user_id = d.uploaded_by
left join operational.users w on w.user_id = d.withdrawn_by`;

/** The bytes first: a document without bytes cannot be. */
export const INSERT_CONTENT = `
insert /* prescriptionDocuments.insertContent */ into operational.prescription_document_contents (branch_id, media_type, content)
values ($1, $2, $3) returning content_id as "contentId"`;

export const INSERT = `
insert /* prescriptionDocuments.insert */ into operational.prescription_documents (branch_id, prescription_id, content_id, uploaded_by, claimed_at)
values ($1, $2, $3, $4, case when $2::integer is not null then now() end) returning document_id as "documentId"`;

/** Of the branches one works at: a picture is fetched without the header that says at which of them. */
export const FIND_ONE = `
select /* prescriptionDocuments.findOne */ ${ROW}
where d.document_id = $1 and d.branch_id = any ($2::integer[]) and (d.prescription_id is not null or d.uploaded_by = $3)`;

/** Papers of a prescription in the order they came; rests on prescription_documents_prescription_idx. */
export const FIND_PAGE = `
select /* prescriptionDocuments.findPage */ ${ROW}
where d.prescription_id = $1 order by d.document_id limit $2 offset $3`;

export const COUNT = `
select /* prescriptionDocuments.count */ count(*)::integer as total from operational.prescription_documents d where d.prescription_id = $1`;

/** Uploads of a user that belong to no prescription yet; rests on prescription_documents_unclaimed_idx. */
export const FIND_UNCLAIMED = `
select /* prescriptionDocuments.findUnclaimed */ ${ROW}
where d.prescription_id is null and d.uploaded_by = $1 and d.branch_id = $2 order by d.document_id limit $3 offset $4`;

export const COUNT_UNCLAIMED = `
select /* prescriptionDocuments.countUnclaimed */ count(*)::integer as total
from operational.prescription_documents d where d.prescription_id is null and d.uploaded_by = $1 and d.branch_id = $2`;

/** The prescription of the branch, and whose it is. */
export const PRESCRIPTION = `
select /* prescriptionDocuments.prescription */ p.prescription_id as "prescriptionId" from operational.prescriptions p
where p.prescription_id = $1 and p.branch_id = $2`;

/** Only what the user himself uploaded at the branch, and nobody claimed. */
export const CLAIM = `
update /* prescriptionDocuments.claim */ operational.prescription_documents set prescription_id = $2, claimed_at = now()
where document_id = any ($1::integer[]) and prescription_id is null and uploaded_by = $3 and branch_id = $4`;

export const WITHDRAW = `
update /* prescriptionDocuments.withdraw */ operational.prescription_documents
set withdrawn_by = $2, withdrawn_at = now(), withdrawal_reason = $3
where document_id = $1 and branch_id = $4 and prescription_id is not null and withdrawn_at is null`;

/** Unclaimed uploads: one of a user, or all older than a day; documents first, for they refer to their bytes. */
export const REMOVE = `
with gone as (
  delete /* prescriptionDocuments.remove */ from operational.prescription_documents
  where document_id = $1 and prescription_id is null and uploaded_by = $2 returning content_id)
select content_id as "contentId" from gone`;

export const REMOVE_FORGOTTEN = `
with gone as (
  delete /* prescriptionDocuments.removeForgotten */ from operational.prescription_documents
  where prescription_id is null and uploaded_at < now() - interval '1 day' returning content_id)
select content_id as "contentId" from gone`;

export const REMOVE_CONTENTS = `
delete /* prescriptionDocuments.removeContents */ from operational.prescription_document_contents where content_id = any ($1::integer[])`;

/** A slice of the bytes, from the first byte 1: stored uncompressed, so that only it is read. */
export const READ_SLICE = `
select /* prescriptionDocuments.readSlice */ substring(c.content from $2 for $3) as slice
from operational.prescription_documents d join operational.prescription_document_contents c using (content_id)
where d.document_id = $1`;

/** That a paper was read is reading of its patient's record; of an upload that has no patient yet, of the upload. */
export const LOG_READ = `
select /* prescriptionDocuments.logRead */ case when p.patient_id is null
  then operational.log_read('prescription_documents', d.document_id::text, d.branch_id)
  else operational.log_read('patients', operational.surviving_patient(p.patient_id)::text, d.branch_id) end
from operational.prescription_documents d left join operational.prescriptions p using (prescription_id)
where d.document_id = $1`;

export const LOG_LIST_READ = `
select /* prescriptionDocuments.logListRead */ operational.log_read('prescriptions', p.prescription_id::text, p.branch_id)
from operational.prescriptions p where p.prescription_id = $1`;

export const BRANCH_IDS = `
select /* prescriptionDocuments.branchIds */ array_agg(branch_id order by branch_id) as "branchIds" from operational.branches`;
